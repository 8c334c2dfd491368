"""`hits += 1` reads and writes in separate instructions, and an increment between them is lost."""
# fails: AssertionError
# granularity: instruction
# preemptions: 1

import threading
from types import SimpleNamespace

page = SimpleNamespace(hits=0)


def visit() -> None:
    for _ in range(2):
        page.hits += 1


threads = [threading.Thread(target=visit) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert page.hits == 4, page.hits
print(page.hits)
