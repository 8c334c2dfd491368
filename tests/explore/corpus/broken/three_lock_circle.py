"""Each of three philosophers holds the left fork and waits for the right one."""
# fails: deadlock
# granularity: gil
# preemptions: 1

import threading

forks = [threading.Lock() for _ in range(3)]
fed = []


def dine(seat: int) -> None:
    left, right = seat, (seat + 1) % 3
    with forks[left], forks[right]:
        fed.append(seat)


threads = [threading.Thread(target=dine, args=(seat,)) for seat in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(fed))
