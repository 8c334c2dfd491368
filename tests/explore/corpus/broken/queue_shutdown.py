"""The consumer shuts the queue at the first producer's end mark, while another still has to put."""
# fails: ShutDown
# granularity: gil
# preemptions: 0

import queue
import threading

jobs = queue.Queue()


def produce(*items: str) -> None:
    for item in items:
        jobs.put(item)


def consume() -> None:
    while jobs.get() != "end":
        pass
    jobs.shutdown()


threads = [
    threading.Thread(target=produce, args=("draw",)),
    threading.Thread(target=produce, args=("paint", "end")),
    threading.Thread(target=consume),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("all put")
