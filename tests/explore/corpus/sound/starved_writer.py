"""The writer announces itself before it waits, and after that no reader begins again."""

import threading
import time

page = {"text": "blank"}
reading = set()
changed = threading.Condition()
wanted = threading.Event()


def write() -> None:
    wanted.set()
    with changed:
        changed.wait_for(lambda: not reading)
        page["text"] = "written"


def read(name: str) -> None:
    while not wanted.is_set():
        with changed:
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
print(page["text"])
