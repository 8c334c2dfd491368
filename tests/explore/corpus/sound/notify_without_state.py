"""The consumer waits for a full box, not for a notify, and does not wait if it is full already."""

import threading

box, taken = [], []
filled = threading.Condition()


def consume() -> None:
    with filled:
        filled.wait_for(lambda: box)
        taken.append(box.pop())


def produce() -> None:
    with filled:
        box.append("parcel")
        filled.notify()


threads = [threading.Thread(target=consume), threading.Thread(target=produce)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(taken)
