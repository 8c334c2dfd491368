"""Both numbers are one tuple, which is replaced and read in one step."""

import threading
from types import SimpleNamespace

square = SimpleNamespace(size=(1, 1))


def grow() -> None:
    for size in (2, 3):
        square.size = (size, size)


def look() -> None:
    width, height = square.size
    assert width == height, f"{width} by {height}"


threads = [threading.Thread(target=grow), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*square.size)
