"""The lock belongs to the class, as the number does that it protects."""

import threading


def successor(number: int) -> int:
    return number + 1


class Turnstile:
    visitors = 0
    lock = threading.Lock()

    def enter(self) -> None:
        with Turnstile.lock:
            Turnstile.visitors = successor(Turnstile.visitors)


threads = [threading.Thread(target=Turnstile().enter) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert Turnstile.visitors == 2, Turnstile.visitors
print(Turnstile.visitors, "visitors")
