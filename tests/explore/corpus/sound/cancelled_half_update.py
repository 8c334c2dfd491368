"""The move looks for a cancellation only before its first half; once begun, it is completed."""

import threading

cancelled = threading.Event()
books = {"shelf": 3, "desk": 0}


def change(place: str, by: int) -> None:
    books[place] += by


def move() -> None:
    if not cancelled.is_set():
        change("shelf", -1)
        change("desk", 1)


threads = [threading.Thread(target=move), threading.Thread(target=cancelled.set)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert sum(books.values()) == 3, books
print("all books are there")
