"""The results stand in the order in which the jobs ended, which is not always that of the jobs."""
# fails: output
# granularity: gil
# preemptions: 1

from concurrent.futures import ThreadPoolExecutor

results = []


def square(number: int) -> int:
    return number * number


def work(number: int) -> None:
    results.append(square(number))


with ThreadPoolExecutor(max_workers=2) as pool:
    for number in (2, 3):
        pool.submit(work, number)
print(results)
