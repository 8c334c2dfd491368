"""A woken consumer looks again, and waits again if another was faster."""

import threading

items, taken = [], []
filled = threading.Condition()


def consume() -> None:
    with filled:
        while not items:
            filled.wait()
        taken.append(items.pop())


def produce() -> None:
    for item in (1, 2):
        with filled:
            items.append(item)
            filled.notify()


threads = [threading.Thread(target=target) for target in (consume, consume, produce)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(taken))
