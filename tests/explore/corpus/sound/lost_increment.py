"""Each increment happens under the lock, as a whole."""

import threading
from types import SimpleNamespace

page = SimpleNamespace(hits=0)
lock = threading.Lock()


def visit() -> None:
    for _ in range(2):
        with lock:
            page.hits += 1


threads = [threading.Thread(target=visit) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert page.hits == 4, page.hits
print(page.hits)
