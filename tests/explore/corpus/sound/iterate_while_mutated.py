"""The loop goes over a copy, which `list` makes in one step."""

import threading

guests = {"ann": 2, "bob": 1}


def greet(name: str) -> str:
    return f"hello {name}"


def welcome() -> None:
    for name in list(guests):
        greet(name)


def arrive() -> None:
    guests["carol"] = 1


threads = [threading.Thread(target=welcome), threading.Thread(target=arrive)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(guests), "guests")
