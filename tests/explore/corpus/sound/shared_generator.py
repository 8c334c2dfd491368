"""A lock lets one thread at a time into the generator."""

import threading
from collections.abc import Iterator


def successor(number: int) -> int:
    return number + 1


def count() -> Iterator[int]:
    number = 0
    while True:
        number = successor(number)
        yield number


def take() -> None:
    with lock:
        taken.append(next(numbers))


lock = threading.Lock()
numbers = count()
taken = []
threads = [threading.Thread(target=take) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(taken))
