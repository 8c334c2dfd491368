"""`map` gives the results in the order of the jobs, whichever ends first."""

from concurrent.futures import ThreadPoolExecutor


def square(number: int) -> int:
    return number * number


with ThreadPoolExecutor(max_workers=2) as pool:
    results = list(pool.map(square, (2, 3)))
print(results)
