"""Each counter has a lock of its own, but what they count together belongs to their class."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading


def successor(number: int) -> int:
    return number + 1


class Turnstile:
    visitors = 0

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def enter(self) -> None:
        with self.lock:
            Turnstile.visitors = successor(Turnstile.visitors)


threads = [threading.Thread(target=Turnstile().enter) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert Turnstile.visitors == 2, Turnstile.visitors
print(Turnstile.visitors, "visitors")
