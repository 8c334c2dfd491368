"""The worker obeys the stop flag and leaves the job that was put before the flag was set."""
# fails: AssertionError
# granularity: gil
# preemptions: 0

import queue
import threading

jobs = queue.Queue()
stopping = threading.Event()
done = []


def work() -> None:
    while not stopping.is_set():
        job = jobs.get()
        if job is None:
            break
        done.append(job)


def order() -> None:
    jobs.put("paint")
    stopping.set()
    jobs.put(None)


threads = [threading.Thread(target=work), threading.Thread(target=order)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert done == ["paint"], done
print(done)
