"""The event is cleared before the inbox is emptied: a letter after that sets it again."""

import threading

inbox, answered = [], []
arrived = threading.Event()


def answer() -> None:
    while len(answered) < 2:
        arrived.wait()
        arrived.clear()
        while inbox:
            answered.append(inbox.pop())


def send() -> None:
    for letter in ("first", "second"):
        inbox.append(letter)
        arrived.set()


threads = [threading.Thread(target=answer), threading.Thread(target=send)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(answered))
