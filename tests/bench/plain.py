"""Small workloads of plain Python, for `npm run bench:plain`.

Prints one JSON object: the seconds of each workload, the best of three times.
"""

import asyncio
import json
import re
import threading
import time

ROUNDS = 20_000

numbers = list(range(ROUNDS))
text = "the quick brown fox jumps over the lazy dog " * 40
record = {"name": "worker", "sizes": list(range(40)), "nested": {"a": [1.5, None, True, "x"]}}
encoded = json.dumps(record)
words = re.compile(r"\b(\w)(\w*)\b")
lock = threading.Lock()


class Point:
    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def moved(self, by: int) -> Point:
        return Point(self.x + by, self.y)


def nothing() -> None:
    pass


def counting_loop() -> None:
    total = 0
    while total < ROUNDS * 10:
        total += 1


def loop_over_range() -> None:
    total = 0
    for number in range(ROUNDS * 10):
        total += number


def calls() -> None:
    for _ in range(ROUNDS * 10):
        nothing()


def attributes() -> None:
    point = Point(1, 2)
    for number in range(ROUNDS * 10):
        point.x = number
        point.y = point.x


def classes() -> None:
    point = Point(1, 2)
    for _ in numbers:
        point = point.moved(1)


def text_of_number() -> None:
    for number in range(ROUNDS * 5):
        str(number)


def repr_of_list() -> None:
    for _ in numbers:
        repr([1, 2])


def f_strings() -> None:
    for number in numbers:
        f"{number}: {number:>6}"


def percent_formatting() -> None:
    for number in numbers:
        _ = "%d of %s" % (number, "many")  # noqa: UP031 (it is what is measured)


def string_methods() -> None:
    for _ in range(ROUNDS // 20):
        "-".join(text.upper().replace("FOX", "CAT").split())


def dicts() -> None:
    table: dict[int, int] = {}
    for number in numbers:
        table[number] = number
    for number in numbers:
        table[number] += 1


def list_appends() -> None:
    grown: list[int] = []
    for number in range(ROUNDS * 10):
        grown.append(number)


def comprehensions() -> None:
    [number * 2 for number in numbers if number % 3]
    {number: number for number in numbers}
    sum(number for number in numbers)


def generators() -> None:
    def produced():
        yield from range(ROUNDS * 10)

    for _ in produced():
        pass


def exceptions() -> None:
    for number in numbers:
        try:
            raise ValueError(number)
        except ValueError:
            pass


def json_both_ways() -> None:
    for _ in range(ROUNDS // 40):
        json.loads(encoded)
        json.dumps(record)


def regular_expressions() -> None:
    for _ in range(ROUNDS // 400):
        words.sub(r"\2\1", text)


def sorting() -> None:
    for _ in range(3):
        sorted(numbers, key=lambda number: number * 7919 % 10007)


def deep_recursion() -> None:
    def depth(left: int) -> int:
        return 0 if left == 0 else 1 + depth(left - 1)

    for _ in range(ROUNDS // 400):
        depth(400)


def with_lock() -> None:
    for _ in numbers:
        with lock:
            pass


def division_of_large_numbers() -> None:
    large = 7**5_000
    for _ in range(30):
        large // 3**2_500
        str(large)


WORKLOADS = [
    *(counting_loop, loop_over_range, calls, attributes, classes, text_of_number, repr_of_list),
    *(f_strings, percent_formatting, string_methods, dicts, list_appends, comprehensions),
    *(generators, exceptions, json_both_ways, regular_expressions, sorting, deep_recursion),
    *(with_lock, division_of_large_numbers),
]


async def turns_of_the_loop() -> None:
    for _ in range(ROUNDS // 10):
        await asyncio.sleep(0)


async def tasks() -> None:
    async def empty() -> None:
        pass

    for _ in range(ROUNDS // 20):
        await asyncio.create_task(empty())


async def measured(work) -> float:
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started


async def main() -> None:
    seconds: dict[str, float] = {}
    for workload in WORKLOADS:
        best = float("inf")
        for _ in range(3):
            started = time.perf_counter()
            workload()
            best = min(best, time.perf_counter() - started)
        seconds[workload.__name__] = best
    for work in (turns_of_the_loop, tasks):
        seconds[work.__name__] = min([await measured(work) for _ in range(3)])
    print(json.dumps(seconds))
