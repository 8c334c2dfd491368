"""What Stop is timed on: one kind of waiting or computing after the other.

Invariant: each kind would go on for ever, and no kind is a deadlock: a thread that sleeps could
still end it.
"""

import itertools
import queue
import threading
import time

held, empty = threading.Lock(), queue.Queue()
held.acquire()


def asleep():
    time.sleep(1e9)
    held.release()
    empty.put(None)


threading.Thread(target=asleep, daemon=True).start()


def spin():
    while True:
        pass


def chatter():
    while True:
        print("x")


def sleep():
    time.sleep(1e9)


def hundred():
    over = False

    def until_over():
        while not over:
            pass

    for _ in range(100):
        threading.Thread(target=until_over).start()
    try:
        while True:
            pass
    finally:
        over = True


KINDS = (spin, chatter, sleep, held.acquire, empty.get, hundred, None)
turns = itertools.count()
