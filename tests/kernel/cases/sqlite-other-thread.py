# expect: ProgrammingError 200 OperationalError database is locked
"""SQLite refuses a connection of another thread, and waits for a lock until its time-out."""

import os
import sqlite3
import tempfile
import threading

path = os.path.join(tempfile.mkdtemp(), "a.db")
own = sqlite3.connect(path, timeout=0.2)
own.execute("create table t(x)")
own.commit()
refused = []


def use_anothers():
    try:
        own.execute("select 1")
    except sqlite3.ProgrammingError as error:
        refused.append(type(error).__name__)


thread = threading.Thread(target=use_anothers)
thread.start()
thread.join()

lock = threading.Lock()
shared = sqlite3.connect(path, check_same_thread=False)


def insert():
    for i in range(50):
        with lock:
            shared.execute("insert into t values(?)", (i,))


threads = [threading.Thread(target=insert) for _ in range(4)]
for each in threads:
    each.start()
for each in threads:
    each.join()
shared.commit()
(count,) = shared.execute("select count(*) from t").fetchone()

shared.execute("begin immediate")
shared.execute("insert into t values(1)")
try:
    own.execute("insert into t values(2)")
    outcome = "written"
except sqlite3.OperationalError as error:
    outcome = f"{type(error).__name__} {error}"
shared.rollback()
print(*refused, count, outcome)
