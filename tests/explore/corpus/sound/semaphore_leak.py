"""`with` gives the slot back on every way out."""

import threading

jobs = ["paint"]
slots = threading.Semaphore(2)


def work() -> None:
    if not jobs:
        return
    with slots:
        try:
            jobs.pop()
        except IndexError:
            return


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for _ in range(2):
    slots.acquire()
print("every slot is free")
