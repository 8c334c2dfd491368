"""Every transfer takes the locks in the order of the names, so nobody waits in a circle."""

import threading

balances = {"ann": 50, "bob": 50}
locks = {name: threading.Lock() for name in balances}


def transfer(source: str, target: str, amount: int) -> None:
    first, second = sorted((source, target))
    with locks[first], locks[second]:
        balances[source] -= amount
        balances[target] += amount


orders = [("ann", "bob", 10), ("bob", "ann", 30)]
threads = [threading.Thread(target=transfer, args=order) for order in orders]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balances)
