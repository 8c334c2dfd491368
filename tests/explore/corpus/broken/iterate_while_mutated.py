"""A guest arrives while the loop goes over the dictionary, which must not grow meanwhile."""
# fails: RuntimeError
# granularity: gil
# preemptions: 1

import threading

guests = {"ann": 2, "bob": 1}


def greet(name: str) -> str:
    return f"hello {name}"


def welcome() -> None:
    for name in guests:
        greet(name)


def arrive() -> None:
    guests["carol"] = 1


threads = [threading.Thread(target=welcome), threading.Thread(target=arrive)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(guests), "guests")
