"""Peterson's lock with its two steps exchanged: a thread that gives way too early gets in, too."""
# fails: AssertionError
# granularity: gil
# preemptions: 2

import threading
import time

wants = [False, False]
account = {"balance": 0, "turn": 0}


def give_way(me: int) -> None:
    account["turn"] = 1 - me


def ask(me: int) -> None:
    wants[me] = True


def plus(balance: int, amount: int) -> int:
    return balance + amount


def deposit(me: int) -> None:
    give_way(me)
    ask(me)
    while wants[1 - me] and account["turn"] != me:
        time.sleep(0.01)
    account["balance"] = plus(account["balance"], 10)
    wants[me] = False


threads = [threading.Thread(target=deposit, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert account["balance"] == 20, account
print(account["balance"])
