"""The readers overlap, so there is always one, and the writer that waits for none never writes."""
# fails: livelock
# granularity: gil
# preemptions: 0

import threading
import time

page = {"text": "blank"}
reading = set()
changed = threading.Condition()
written = threading.Event()


def write() -> None:
    with changed:
        changed.wait_for(lambda: not reading)
        page["text"] = "written"
    written.set()


def read(name: str) -> None:
    while not written.is_set():
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
