"""Programs of threads, locks, queues, timers, generators and finalizers.

Invariant: each takes a round, starts its threads through it, and returns what checks the outcome
once they have ended; what is random is decided before the first thread starts.
"""

import contextlib
import gc
import queue
import threading
import time
import weakref


class Planned(Exception):
    """An exception that a program raises on purpose."""


def counters(play):
    """Adders under one lock, taken plainly, with a timeout, and by trying."""
    lock = play.random.choice((threading.Lock, threading.RLock))()
    threads, times = play.random.randint(2, 6), play.random.randint(10, 60)
    style = [play.random.randrange(3) for _ in range(threads)]
    total = 0

    def adder(style):
        nonlocal total
        for _ in range(times):
            if style == 0:
                lock.acquire()
            elif style == 1:
                while not lock.acquire(timeout=0.0005):
                    pass
            else:
                while not lock.acquire(blocking=False):
                    time.sleep(0)
            try:
                before = total
                _ = [None] * 50
                total = before + 1
            finally:
                lock.release()

    for number in range(threads):
        play.start(adder, style[number])
    return lambda: play.expect("counter", threads * times, total)


def pipeline(play):
    """Tokens through a chain of queues, some of them full at times."""
    kinds = (queue.SimpleQueue, queue.Queue, queue.LifoQueue, lambda: queue.Queue(2))
    stages = [play.random.choice(kinds)() for _ in range(play.random.randint(2, 5))]
    tokens = play.random.randint(20, 120)
    got = []

    def stage(number):
        for _ in range(tokens):
            while True:
                try:
                    token = stages[number].get(timeout=0.002 if number % 2 else None)
                    break
                except queue.Empty:
                    pass
            if number + 1 < len(stages):
                stages[number + 1].put(token)
            else:
                got.append(token)

    def source():
        for number in range(tokens):
            stages[0].put(number)

    play.start(source)
    for number in range(len(stages)):
        play.start(stage, number)
    return lambda: play.expect("tokens", list(range(tokens)), sorted(got))


def conditions(play):
    """Events, conditions, semaphores and barriers: each waiter must be woken."""
    parties = play.random.randint(2, 6)
    barrier, event = threading.Barrier(parties), threading.Event()
    semaphore, condition = threading.Semaphore(0), threading.Condition()
    turns = play.random.randint(1, 8)
    passed = []
    turn = 0

    def member(mine):
        nonlocal turn
        event.wait()
        for lap in range(turns):
            barrier.wait()
            with condition:
                while turn != lap * parties + mine:
                    condition.wait()
                turn += 1
                condition.notify_all()
            semaphore.release()
        passed.append(mine)

    def drainer():
        for _ in range(parties * turns):
            semaphore.acquire()

    for number in range(parties):
        play.start(member, number)
    play.start(drainer)
    timer = threading.Timer(play.random.uniform(0, 0.003), event.set)
    timer.start()
    play.threads.append(timer)
    return lambda: play.expect("members", parties, len(passed))


def generators(play):
    """Generators closed half-way and shared between threads, exceptions thrown through frames."""
    depth, threads = play.random.randint(1, 20), play.random.randint(1, 4)
    lock = threading.Lock()
    caught = []

    def nested(level):
        with lock if level == 0 else contextlib.nullcontext():
            try:
                yield level
                if level:
                    yield from nested(level - 1)
                raise Planned(level)
            finally:
                time.sleep(0)

    def puller(stop):
        made = nested(depth)
        try:
            for _ in range(stop):
                next(made)
        except Planned:
            caught.append(1)
            return
        made.close()
        caught.append(1)

    for _ in range(threads):
        play.start(puller, play.random.randint(1, depth + 4))

    def check():
        play.expect("caught", threads, len(caught))
        play.expect("held", False, lock.locked())

    return check


def garbage(play):
    """Cycles whose finalizers and weak references run while others switch."""
    made, threads = play.random.randint(50, 400), play.random.randint(1, 3)
    dead = []

    class Node:
        def __init__(self):
            self.me = self
            self.local = threading.local()
            self.local.value = [None] * 10

        def __del__(self):
            with play.guard_for_del:
                dead.append(1)

    play.guard_for_del = threading.RLock()

    def maker():
        for number in range(made):
            node = Node()
            weakref.finalize(node, int)
            if number % 97 == 0:
                gc.collect(0)
            if number % 31 == 0:
                with play.guard_for_del:
                    pass

    for _ in range(threads):
        play.start(maker)

    def check():
        gc.collect()
        play.expect("finalized", made * threads, len(dead))

    return check


def spinners(play):
    """Loops that compute, ended by a timer: nobody starves, nothing is lost at slice ends."""
    over = threading.Event()
    done = []

    def spinner():
        turns = 0
        while not over.is_set():
            turns += 1
            if turns % 200 == 0:
                try:
                    raise Planned
                except Planned:
                    pass
        done.append(turns)

    threads = play.random.randint(1, 4)
    for _ in range(threads):
        play.start(spinner)
    timer = threading.Timer(play.random.uniform(0.001, 0.01), over.set)
    timer.start()
    play.threads.append(timer)
    return lambda: play.expect("spinners", threads, len(done))


PROGRAMS = (counters, pipeline, conditions, generators, garbage, spinners)
