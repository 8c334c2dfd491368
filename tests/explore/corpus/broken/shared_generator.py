"""A generator gives out numbers, and a second thread asks for the next one while it is running."""
# fails: ValueError
# granularity: gil
# preemptions: 1

import threading
from collections.abc import Iterator


def successor(number: int) -> int:
    return number + 1


def count() -> Iterator[int]:
    number = 0
    while True:
        number = successor(number)
        yield number


numbers = count()
taken = []
threads = [threading.Thread(target=lambda: taken.append(next(numbers))) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(taken))
