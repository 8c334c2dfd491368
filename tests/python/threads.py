"""Threads: their start, their end, what belongs to each, and what is said when none can go on."""

import threading
import time
from functools import reduce

from harness import outside, together


def test_many_join_one():
    """All who join a thread are woken by its end, and a join with a timeout comes back in time."""
    ended = []
    work = threading.Thread(target=time.sleep, args=(2,))
    begun = time.monotonic()
    work.start()

    def join(timeout):
        work.join(timeout)
        ended.append((time.monotonic() - begun >= 2, work.is_alive()))

    together(lambda: join(None), lambda: join(None), lambda: join(1), lambda: join(3))
    assert sorted(ended) == [(False, True), (True, False), (True, False), (True, False)], ended


def test_locals_belong_to_a_thread():
    """A `threading.local` is each thread's own, also where fibers are used again."""
    local = threading.local()
    seen = []

    def work(number):
        assert not hasattr(local, "number")
        local.number = number
        for _ in range(3):
            time.sleep(outside.draw(2) / 1000)
            assert local.number == number
        seen.append(number)

    together(*(lambda number=number: work(number) for number in range(4)))
    together(*(lambda number=number: work(number) for number in range(4, 6)))
    assert sorted(seen) == list(range(6))
    assert not hasattr(local, "number")


def test_stacks_of_any_depth():
    """What lies on a stack is there after each switch, however many calls of C it is deep."""

    def deep(levels, mark):
        if levels == 0:
            for _ in range(5):
                time.sleep(outside.draw(2) / 1000)
            return [mark]
        # `reduce` is C: between two levels there are frames on the C stack.
        below = reduce(lambda _, level: deep(level, mark), [levels - 1], None)
        return [*below, (levels, mark)]

    def work(number, levels):
        expected = [number, *((level, number) for level in range(1, levels + 1))]
        for _ in range(3):
            assert deep(levels, number) == expected

    depths = [0, 1, 1, 3, 8, 8, 20]
    together(*(lambda n=n, levels=levels: work(n, levels) for n, levels in enumerate(depths)))


def test_identities():
    """Threads that live at the same time have different idents; `enumerate` knows the living."""
    alive = threading.Barrier(3)
    idents = set()

    def work():
        idents.add(threading.get_ident())
        alive.wait()
        assert threading.current_thread() in threading.enumerate()
        alive.wait()

    together(work, work, work)
    assert len(idents) == 3
    assert threading.active_count() == 1


def test_exception_in_a_thread():
    """What a thread raises goes to `threading.excepthook` of that thread and ends no other."""
    raised = []
    before = threading.excepthook
    threading.excepthook = lambda args: raised.append((args.thread.name, args.exc_type))

    def fail():
        time.sleep(outside.draw(2) / 1000)
        raise LookupError

    try:
        threads = [threading.Thread(target=fail, name=name) for name in ("one", "two")]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    finally:
        threading.excepthook = before
    assert sorted(raised) == [("one", LookupError), ("two", LookupError)]


def test_deadlock_is_reported():
    """Two threads that wait for each other's lock are named with the locks and the lines."""
    one, two = threading.Lock(), threading.Lock()
    both = threading.Barrier(2)

    def take(first, second):
        with first:
            both.wait()
            second.acquire()
            second.release()

    threads = [
        threading.Thread(target=take, args=(one, two), name="left"),
        threading.Thread(target=take, args=(two, one), name="right"),
    ]
    for each in threads:
        each.start()
    raised = ""
    try:
        for each in threads:
            each.join()
    except KeyboardInterrupt as error:
        raised = type(error).__name__
    assert raised == "Deadlock", raised
    report = outside.printed()
    assert report.startswith("Deadlock: every thread waits"), report
    for each in ("left", "right"):
        assert f"  {each} waits at " in report, report
    assert report.count("for a Lock held by") == 2, report
    # The first release ends the cycle: a lock is not owned, any thread may give it back.
    two.release()
    threads[0].join()
    two.acquire(blocking=False)
    for each in threads:
        each.join()


def test_no_deadlock_while_a_deadline_is_set():
    """A thread that sleeps can still release what all others wait for."""
    lock = threading.Lock()
    lock.acquire()

    def release():
        time.sleep(1000)
        lock.release()

    def wait():
        with lock:
            pass

    together(wait, wait, release)
    assert not lock.locked()
    assert outside.printed() == ""


def test_thread_pool():
    """A ThreadPoolExecutor runs every job once and ends its threads."""
    from concurrent.futures import ThreadPoolExecutor

    ran = []

    def job(number):
        time.sleep(outside.draw(2) / 1000)
        ran.append(number)
        return number * number

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(job, range(6))) == [0, 1, 4, 9, 16, 25]
    assert sorted(ran) == list(range(6))
