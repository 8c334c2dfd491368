"""The lock is released between the two halves of a transfer, and the audit misses the money."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading

balances = {"ann": 50, "bob": 50}
lock = threading.Lock()


def transfer(amount: int) -> None:
    with lock:
        balances["ann"] -= amount
    with lock:
        balances["bob"] += amount


def audit(expected: int) -> None:
    with lock:
        assert sum(balances.values()) == expected, balances


threads = [
    threading.Thread(target=transfer, args=(10,)),
    threading.Thread(target=audit, args=(100,)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balances)
