import threading
import time
from queue import Queue

lock = threading.Lock()
ready = threading.Condition()
items = Queue()


def hold():
    with lock:
        time.sleep(0.05)


def want():
    with lock:
        print("got it")


def spin():
    end = time.perf_counter() + 0.08
    while time.perf_counter() < end:
        pass


def fail():
    raise ValueError("no")


def take():
    items.get()


with ready:
    ready.notify()
threads = [threading.Thread(target=f, name=f.__name__) for f in (hold, want, spin, fail, take)]
threading.excepthook = lambda args: None
for each in threads:
    each.start()
time.sleep(0.02)
items.put(1)
for each in threads:
    each.join()
