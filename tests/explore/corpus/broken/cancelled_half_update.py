"""The cancellation comes between the two halves of a move: a book has left and not arrived."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading

cancelled = threading.Event()
books = {"shelf": 3, "desk": 0}


def change(place: str, by: int) -> None:
    if cancelled.is_set():
        raise InterruptedError
    books[place] += by


def move() -> None:
    try:
        change("shelf", -1)
        change("desk", 1)
    except InterruptedError:
        pass


threads = [threading.Thread(target=move), threading.Thread(target=cancelled.set)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert sum(books.values()) == 3, books
print("all books are there")
