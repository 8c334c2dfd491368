"""One lock covers the read, the computation and the write, so no deposit is lost."""

import threading

account = {"balance": 0}
lock = threading.Lock()


def plus(balance: int, amount: int) -> int:
    return balance + amount


def deposit(amount: int) -> None:
    with lock:
        account["balance"] = plus(account["balance"], amount)


threads = [threading.Thread(target=deposit, args=(amount,)) for amount in (10, 20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert account["balance"] == 30, account
print(account["balance"])
