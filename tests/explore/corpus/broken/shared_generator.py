"""A generator gives out numbers, and a second thread asks for the next one while it is running."""
# fails: ValueError
# granularity: gil
# preemptions: 1

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
    return next(numbers)


numbers = count()
with ThreadPoolExecutor(max_workers=2) as pool:
    taken = list(pool.map(take, ("ann", "bob")))
print(sorted(taken))
