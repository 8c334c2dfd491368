"""Another consumer takes the item before the woken one has the lock, which does not look again."""
# fails: IndexError
# granularity: gil
# preemptions: 1

import threading

items, taken = [], []
filled = threading.Condition()


def consume() -> None:
    with filled:
        if not items:
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
