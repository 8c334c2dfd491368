# expect: waited and wrote True, others ran True, rows 2
"""While SQLite waits for another connection's lock, its holder and every other thread run."""

import os
import sqlite3
import tempfile
import threading

path = os.path.join(tempfile.mkdtemp(), "b.db")
sqlite3.connect(path).executescript("create table t(x)")
held, over = threading.Event(), threading.Event()
said = []
ticks = []


def hold():
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin immediate")
    connection.execute("insert into t values(1)")
    held.set()
    while len(ticks) < 20:
        over.wait(0.01)
    said.append("released")
    connection.execute("commit")


def wait():
    held.wait()
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    connection.execute("insert into t values(2)")
    said.append("wrote")


def tick():
    held.wait()
    while not over.wait(0.005):
        ticks.append(None)


threads = [threading.Thread(target=f) for f in (hold, wait)]
ticker = threading.Thread(target=tick)
for each in (*threads, ticker):
    each.start()
for each in threads:
    each.join()
over.set()
ticker.join()
(rows,) = sqlite3.connect(path).execute("select count(*) from t").fetchone()
order = said == ["released", "wrote"]
print(f"waited and wrote {order}, others ran {len(ticks) >= 20}, rows {rows}")
