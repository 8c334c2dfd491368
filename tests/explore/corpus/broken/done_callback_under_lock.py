"""Added to a finished future, the callback runs at once, under the lock that it needs itself."""
# fails: deadlock
# granularity: gil
# preemptions: 0

import threading
from concurrent.futures import Future

lock = threading.Lock()
answer: Future[int] = Future()
seen = []


def record(future: Future[int]) -> None:
    with lock:
        seen.append(future.result())


def watch() -> None:
    with lock:
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
