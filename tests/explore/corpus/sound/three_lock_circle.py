"""Everyone takes the fork with the lower number first, so there is no circle to wait in."""

import threading

forks = [threading.Lock() for _ in range(3)]
fed = []


def dine(seat: int) -> None:
    low, high = sorted((seat, (seat + 1) % 3))
    with forks[low], forks[high]:
        fed.append(seat)


threads = [threading.Thread(target=dine, args=(seat,)) for seat in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(fed))
