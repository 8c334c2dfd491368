"""A second wait keeps the worker from looking until the other has said whether all is done."""

import threading

barrier = threading.Barrier(2)
done = threading.Event()


def follow() -> None:
    while not done.is_set():
        barrier.wait()
        barrier.wait()


def lead() -> None:
    barrier.wait()
    done.set()
    barrier.wait()


threads = [threading.Thread(target=follow), threading.Thread(target=lead)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("both left")
