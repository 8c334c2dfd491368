"""Each diner passes the spoon once and then eats, so the politeness ends."""

import threading
import time

spoon = {"owner": "ann"}
hungry = set()


def dine(me: str, other: str) -> None:
    hungry.add(me)
    has_passed = False
    while me in hungry:
        if spoon["owner"] != me:
            time.sleep(0.01)
        elif other in hungry and not has_passed:
            has_passed = True
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
