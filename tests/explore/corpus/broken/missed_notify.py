"""The letter comes between the look and the wait: its notify wakes nobody, the wait never ends."""
# fails: deadlock
# granularity: gil
# preemptions: 1

import threading

letters, read = [], []
changed = threading.Condition()


def receive() -> None:
    if not letters:
        with changed:
            changed.wait()
    read.append(letters.pop())


def send() -> None:
    letters.append("hello")
    with changed:
        changed.notify()


threads = [threading.Thread(target=receive), threading.Thread(target=send)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(read)
