# expect: dumps while it ran: True, after: 0; in busy <module>
"""A watchdog dumps what threads do while one computes and one sleeps, until it is called off."""

import faulthandler
import threading
import time
from pathlib import Path
from tempfile import mkdtemp

path = Path(mkdtemp()) / "dumps"
file = path.open("a")


def dumps():
    return path.read_text().split("Timeout (0:00:00.030000)!\n")[1:]


def sleep_long():
    stop.wait()


def busy():
    while len(dumps()) < 3:
        for _ in range(1000):
            pass


stop = threading.Event()
sleeper = threading.Thread(target=sleep_long)
sleeper.start()
faulthandler.dump_traceback_later(0.03, repeat=True, file=file)
busy()
faulthandler.cancel_dump_traceback_later()
count = len(dumps())
time.sleep(0.1)
stop.set()
sleeper.join()
first = dumps()[0]
heads = [line for line in first.splitlines() if line.startswith("Thread 0x")]
assert len(heads) == 2 and all(line.endswith("(most recent call first):") for line in heads), first
assert "Current thread" not in first and "_os_kernel" not in first and "_kernel" not in first, first
assert " in sleep_long\n" in first and first.index("sleep_long") < first.index(" in busy\n"), first
faulthandler.dump_traceback_later(10, exit=True)
faulthandler.cancel_dump_traceback_later()
names = [line.rpartition(" in ")[2] for line in first.split("\n\n")[1].splitlines()[1:]]
names = [name for name in names if name in ("<module>", "busy")]
print(f"dumps while it ran: {count >= 3}, after: {len(dumps()) - count}; in {' '.join(names)}")
