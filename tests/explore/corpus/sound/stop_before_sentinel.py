"""The only sign to stop is the last thing in the queue, behind every job."""

import queue
import threading

jobs = queue.Queue()
done = []


def work() -> None:
    while (job := jobs.get()) is not None:
        done.append(job)


def order() -> None:
    jobs.put("paint")
    jobs.put(None)


threads = [threading.Thread(target=work), threading.Thread(target=order)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert done == ["paint"], done
print(done)
