"""The reader sees the new width beside the old height, a square that never was."""
# fails: AssertionError
# granularity: instruction
# preemptions: 1

import threading
from types import SimpleNamespace

square = SimpleNamespace(width=1, height=1)


def grow() -> None:
    for size in (2, 3):
        square.width = size
        square.height = size


def look() -> None:
    width, height = square.width, square.height
    assert width == height, f"{width} by {height}"


threads = [threading.Thread(target=grow), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(square.width, square.height)
