"""Two transfers in opposite directions each hold the account that the other one needs."""
# fails: deadlock
# granularity: gil
# preemptions: 1

import threading

balances = {"ann": 50, "bob": 50}
locks = {name: threading.Lock() for name in balances}


def transfer(source: str, target: str, amount: int) -> None:
    with locks[source], locks[target]:
        balances[source] -= amount
        balances[target] += amount


orders = [("ann", "bob", 10), ("bob", "ann", 30)]
threads = [threading.Thread(target=transfer, args=order) for order in orders]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balances)
