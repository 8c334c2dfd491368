"""The callback is added without the lock, which it can take whoever runs it."""

import threading
from concurrent.futures import Future

lock = threading.Lock()
answer: Future[int] = Future()
seen = []


def record(future: Future[int]) -> None:
    with lock:
        seen.append(future.result())


def watch() -> None:
    answer.add_done_callback(record)


threads = [
    threading.Thread(target=watch),
    threading.Thread(target=answer.set_result, args=(42,)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen)
