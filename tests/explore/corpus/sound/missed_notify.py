"""The look and the wait are under the condition's lock, as the change is: none can come between."""

import threading

letters, read = [], []
changed = threading.Condition()


def receive() -> None:
    with changed:
        while not letters:
            changed.wait()
    read.append(letters.pop())


def send() -> None:
    with changed:
        letters.append("hello")
        changed.notify()


threads = [threading.Thread(target=receive), threading.Thread(target=send)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(read)
