"""Where a slice may end: anywhere in a program, nowhere inside the kernel."""

import queue
import threading
import time

from _os_kernel.sched import fiber, preempt, timers
from harness import outside, together


def step(number):
    return number + 1


class Preemptions:
    """Looks at the kernel's own data each time a slice ends."""

    def __init__(self, *locks):
        self._locks = locks
        self._tick = preempt.tick
        self.count = 0

    def __enter__(self):
        preempt.tick = self._look
        return self

    def __exit__(self, *exc_info):
        preempt.tick = self._tick

    def _look(self):
        self.count += 1
        for each in self._locks:
            waits = any(not wait.state for wait in each._waits or ())
            # The invariant of _os_kernel/threads/lock.py.
            assert each._locked or not waits or each._waking is not None, "a waiter is forgotten"
        assert fiber.cpu.current.wait is None, "preempted while it waits"
        assert fiber.cpu.current not in fiber.ready, "preempted while it is ready"
        assert timers.entries == sorted(timers.entries), "the deadlines are out of order"
        self._tick()


def test_kernel_is_whole_whenever_a_slice_ends():
    """Whenever a thread is preempted, locks, deadlines and ready fibers are in order."""
    lock, items = threading.Lock(), queue.SimpleQueue()

    def work(timeout):
        for number in range(4):
            if lock.acquire(timeout=timeout):
                items.put(step(number))
                lock.release()
            try:
                items.get(timeout=0.001)
            except queue.Empty:
                time.sleep(outside.draw(2) / 1000)

    with Preemptions(lock):
        together(lambda: work(-1), lambda: work(0.001), lambda: work(1))
    assert not lock.locked()


def test_loops_that_never_wait_take_turns():
    """A loop that does nothing but compute does not keep another thread from ending it."""
    going = True
    turns = 0

    def spin():
        nonlocal turns
        while going:
            turns = step(turns)

    def stop():
        nonlocal going
        for _ in range(20):
            step(0)
        going = False

    together(spin, spin, stop)


def test_loop_of_kernel_calls_takes_turns():
    """A loop that does nothing but call the kernel does not keep another thread from ending it."""
    going = True

    def spin():
        while going:
            threading.Lock()

    def stop():
        nonlocal going
        step(0)
        going = False

    together(spin, stop)


def test_collector_is_not_preempted():
    """What the collector calls runs to its end before another thread gets a turn."""
    import gc

    inside = 0
    overlaps = []

    class Cycle:
        def __init__(self):
            self.me = self

        def __del__(self):
            nonlocal inside
            inside += 1
            for _ in range(5):
                step(0)
            overlaps.append(inside)
            inside -= 1

    def work():
        for _ in range(2):
            Cycle()
            gc.collect(0)
            step(0)

    together(work, work)
    assert set(overlaps) == {1}, overlaps
