"""A lock lets one thread at a time into the generator."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor


def successor(number: int) -> int:
    return number + 1


def count() -> Iterator[int]:
    number = 0
    while True:
        number = successor(number)
        yield number


def take(_: object) -> int:
    with lock:
        return next(numbers)


lock = threading.Lock()
numbers = count()
with ThreadPoolExecutor(max_workers=2) as pool:
    taken = list(pool.map(take, ("ann", "bob")))
print(sorted(taken))
