"""The results stand in the order in which the threads end, which is not always that of the jobs."""
# fails: output
# granularity: gil
# preemptions: 0

import threading

results = []


def square(number: int) -> None:
    results.append(number * number)


threads = [threading.Thread(target=square, args=(number,)) for number in (2, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)
