# expect: [('writer', 2), ('reader', 2)] rows 2
"""A second thread does not enter a connection in which the first waits for another connection."""

import os
import sqlite3
import tempfile
import threading
import time

path = os.path.join(tempfile.mkdtemp(), "c.db")
sqlite3.connect(path).executescript("create table t(x)")
shared = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
held, waits = threading.Event(), threading.Event()
said = []


def count():
    return shared.execute("select count(*) from t").fetchone()[0]


def hold():
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin immediate")
    connection.execute("insert into t values(1)")
    held.set()
    waits.wait()
    time.sleep(0.2)
    connection.execute("commit")


def write():
    held.wait()
    waits.set()
    shared.execute("insert into t values(2)")
    said.append(("writer", count()))


def read():
    waits.wait()
    time.sleep(0.05)
    rows = count()
    said.append(("reader", rows))


threads = [threading.Thread(target=f) for f in (hold, write, read)]
for each in threads:
    each.start()
for each in threads:
    each.join()
said.sort(reverse=True)
print(said, "rows", count())
