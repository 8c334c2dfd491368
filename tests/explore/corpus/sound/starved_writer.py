"""A reader lets a waiting writer go first, so the readers become fewer until it can write."""

import threading
import time

reading, writing = set(), set()
changed = threading.Condition()
written = threading.Event()


def write() -> None:
    with changed:
        writing.add("writer")
        changed.wait_for(lambda: not reading)
        writing.clear()
        written.set()
        changed.notify_all()


def read(name: str) -> None:
    while not written.is_set():
        with changed:
            changed.wait_for(lambda: not writing)
            reading.add(name)
        time.sleep(0.01)
        with changed:
            reading.discard(name)
            changed.notify_all()


threads = [threading.Thread(target=write)]
threads += [threading.Thread(target=read, args=(name,)) for name in ("ann", "bob")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("written")
