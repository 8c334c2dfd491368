"""The queue is shut when every producer has ended, and the consumer takes what is left."""

import contextlib
import queue
import threading

jobs = queue.Queue()


def produce(*items: str) -> None:
    for item in items:
        jobs.put(item)


def consume() -> None:
    with contextlib.suppress(queue.ShutDown):
        while True:
            jobs.get()


producers = [
    threading.Thread(target=produce, args=("draw",)),
    threading.Thread(target=produce, args=("paint", "print")),
]
consumer = threading.Thread(target=consume)
for thread in (*producers, consumer):
    thread.start()
for thread in producers:
    thread.join()
jobs.shutdown()
consumer.join()
print("all put")
