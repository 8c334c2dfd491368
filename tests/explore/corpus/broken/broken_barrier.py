"""A worker looks whether all is done before the other says so, and waits at the barrier alone."""
# fails: deadlock
# granularity: gil
# preemptions: 0

import threading

barrier = threading.Barrier(2)
done = threading.Event()


def follow() -> None:
    while not done.is_set():
        barrier.wait()


def lead() -> None:
    barrier.wait()
    done.set()


threads = [threading.Thread(target=follow), threading.Thread(target=lead)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("both left")
