"""Two threads read the balance, compute and write it back, and one deposit overwrites the other."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading

account = {"balance": 0}


def plus(balance: int, amount: int) -> int:
    return balance + amount


def deposit(amount: int) -> None:
    account["balance"] = plus(account["balance"], amount)


threads = [threading.Thread(target=deposit, args=(amount,)) for amount in (10, 20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert account["balance"] == 30, account
print(account["balance"])
