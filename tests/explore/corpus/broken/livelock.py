"""Two hungry diners pass their only spoon to each other for ever, because the other is hungry."""
# fails: livelock
# granularity: gil
# preemptions: 0

import threading
import time

spoon = {"owner": "ann"}
hungry = set()


def dine(me: str, other: str) -> None:
    hungry.add(me)
    while me in hungry:
        if spoon["owner"] != me:
            time.sleep(0.01)
        elif other in hungry:
            spoon["owner"] = other
        else:
            hungry.discard(me)
    spoon["owner"] = other


threads = [threading.Thread(target=dine, args=pair) for pair in (("ann", "bob"), ("bob", "ann"))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("all fed")
