"""The library's lock, which needs no proof of ours."""

import threading

lock = threading.Lock()
account = {"balance": 0}


def plus(balance: int, amount: int) -> int:
    return balance + amount


def deposit() -> None:
    with lock:
        account["balance"] = plus(account["balance"], 10)


threads = [threading.Thread(target=deposit) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert account["balance"] == 20, account
print(account["balance"])
