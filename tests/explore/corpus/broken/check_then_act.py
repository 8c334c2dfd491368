"""Both threads see the last free seat before either has taken it, and it is sold twice."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading

seats = {"free": 1}
tickets = []


def ticket_for(name: str) -> str:
    return f"ticket for {name}"


def book(name: str) -> None:
    if seats["free"] > 0:
        tickets.append(ticket_for(name))
        seats["free"] -= 1


threads = [threading.Thread(target=book, args=(name,)) for name in ("ann", "bob")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(tickets) == 1, tickets
print(len(tickets), "ticket")
