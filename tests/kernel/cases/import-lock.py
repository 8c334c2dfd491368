# expect: ['first in', 'first out', 'second in'] True
"""CPython's own locks in C have one holder: the others wait until it gives them back."""

import _imp
import threading
import time

said = []
held = threading.Event()


def first():
    _imp.acquire_lock()
    _imp.acquire_lock()
    said.append("first in")
    held.set()
    time.sleep(0.05)
    _imp.release_lock()
    time.sleep(0.05)
    said.append("first out")
    _imp.release_lock()


def second():
    held.wait()
    _imp.acquire_lock()
    said.append("second in")
    _imp.release_lock()


threads = [threading.Thread(target=f) for f in (first, second)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(said, not _imp.lock_held())
