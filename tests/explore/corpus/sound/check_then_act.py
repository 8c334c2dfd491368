"""The check and the booking happen under one lock, so the seat is still free when it is taken."""

import threading

seats = {"free": 1}
tickets = []
lock = threading.Lock()


def ticket_for(name: str) -> str:
    return f"ticket for {name}"


def book(name: str) -> None:
    with lock:
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
