# expect: ticks while C hashed 0, compressed 0, queried 0; while Python computed True
# linux: more than 0 each: CPython gives other threads the interpreter while C computes
"""C that computes is never suspended: no other thread runs until it comes back."""

import hashlib
import sqlite3
import threading
import time
import zlib

ticks = []
over = threading.Event()


def tick():
    while not over.wait(0.001):
        ticks.append(time.monotonic())


def during(work):
    """The fewest ticks of five tries: a time slice may end between a look and the work itself."""
    fewest = 1000
    for _ in range(5):
        before = len(ticks)
        work()
        fewest = min(fewest, len(ticks) - before)
    return fewest


def compute():
    seen = len(ticks)
    while len(ticks) < seen + 3:
        pass


query = """with recursive c(x) as (select 1 union all select x + 1 from c where x < 200000)
    select sum(x) from c"""
data = bytes(range(256)) * (1 << 15)
database = sqlite3.connect(":memory:")
cursor = database.execute("select 1")
thread = threading.Thread(target=tick)
thread.start()
while not ticks:
    time.sleep(0.001)
hashed = during(lambda: hashlib.sha256(data))
compressed = during(lambda: zlib.compress(data, 6))
queried = during(lambda: cursor.execute(query))
python = during(compute)
over.set()
thread.join()
print(f"ticks while C hashed {hashed}, compressed {compressed}, queried {queried};", end=" ")
print(f"while Python computed {python >= 3}")
