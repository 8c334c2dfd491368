"""Both halves of the transfer happen under one hold of the lock."""

import threading

balances = {"ann": 50, "bob": 50}
lock = threading.Lock()


def transfer(amount: int) -> None:
    with lock:
        balances["ann"] -= amount
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
