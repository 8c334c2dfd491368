"""A worker that finds its job taken returns early and keeps its slot, for which main then waits."""
# fails: deadlock
# granularity: gil
# preemptions: 1

import threading

jobs = ["paint"]
slots = threading.Semaphore(2)


def work() -> None:
    if not jobs:
        return
    slots.acquire()
    try:
        jobs.pop()
    except IndexError:
        return
    slots.release()


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for _ in range(2):
    slots.acquire()
print("every slot is free")
