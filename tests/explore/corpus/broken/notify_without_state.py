"""A notify is not remembered: if the producer is first, the consumer waits for what has been."""
# fails: deadlock
# granularity: gil
# preemptions: 0

import threading

box, taken = [], []
filled = threading.Condition()


def consume() -> None:
    with filled:
        filled.wait()
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
