"""The event is cleared after the inbox was emptied, together with the news of the last letter."""
# fails: deadlock
# granularity: gil
# preemptions: 2

import threading

inbox, answered = [], []
arrived = threading.Event()


def answer() -> None:
    while len(answered) < 2:
        arrived.wait()
        while inbox:
            answered.append(inbox.pop())
        arrived.clear()


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
