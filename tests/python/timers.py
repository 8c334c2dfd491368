"""Deadlines: they come in their order, never early, and one that is not needed any more is gone."""

import signal
import threading
import time

from _os_kernel.sched import timers
from harness import outside, together

HOUR = 3600.0


def test_sleep_takes_no_real_time():
    """`sleep(3600)` lasts an hour of every clock, and no longer."""
    monotonic, wall = time.monotonic(), time.time()
    time.sleep(HOUR)
    assert HOUR <= time.monotonic() - monotonic < HOUR + 1
    assert HOUR - 1 < time.time() - wall < HOUR + 1


def test_sleepers_wake_in_the_order_of_their_deadlines():
    """Threads that sleep wake in the order of their deadlines, never early."""
    woken = []
    begun = time.monotonic()

    def sleep(seconds):
        time.sleep(max(0.0, begun + seconds - time.monotonic()))
        assert time.monotonic() >= begun + seconds
        woken.append(seconds)

    times = [outside.draw(1000) + 1 for _ in range(5)]
    together(*(lambda seconds=seconds: sleep(seconds) for seconds in times))
    assert woken == sorted(times), (woken, times)
    assert not timers.entries, timers.entries


def test_timeouts_that_did_not_come_leave_nothing():
    """A wait that ended before its time leaves no deadline."""
    lock = threading.Lock()
    lock.acquire()

    def wait():
        assert lock.acquire(timeout=HOUR)
        lock.release()

    def release():
        time.sleep(0.001)
        lock.release()

    together(wait, wait, wait, release)
    assert not timers.entries, timers.entries


def test_two_thousand_alarms_leave_no_entry(seeds=20):
    """2,000 calls of `alarm(3600)` leave one deadline, and `alarm(0)` none."""
    for _ in range(2000):
        signal.alarm(3600)
    assert len(timers.entries) == 1, len(timers.entries)
    assert 3599 <= signal.alarm(0) <= 3600
    assert not timers.entries, timers.entries


def test_alarm_ends_a_wait():
    """An alarm's handler runs in its time, while the main thread waits for a lock."""
    rung = []
    signal.signal(signal.SIGALRM, lambda *_: rung.append(time.monotonic()))
    lock = threading.Lock()
    lock.acquire()
    begun = time.monotonic()
    signal.alarm(5)
    assert lock.acquire(timeout=10) is False
    assert len(rung) == 1
    assert 5 <= rung[0] - begun < 5.5, rung[0] - begun
    assert time.monotonic() - begun >= 10
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_interval_timer():
    """`setitimer` rings again and again until it is taken back."""
    rung = []
    signal.signal(signal.SIGALRM, lambda *_: rung.append(time.monotonic()))
    begun = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 1.0, 0.5)
    time.sleep(2.75)
    signal.setitimer(signal.ITIMER_REAL, 0)
    time.sleep(10)
    assert len(rung) == 4, rung
    for number, when in enumerate(rung):
        assert 1 + number / 2 <= when - begun < 1.2 + number / 2, (number, when - begun)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_timer_that_is_cancelled():
    """A `threading.Timer` calls its function unless it is cancelled before."""
    called = []
    kept = threading.Timer(2, called.append, ["kept"])
    cancelled = threading.Timer(1, called.append, ["cancelled"])
    kept.start()
    cancelled.start()
    cancelled.cancel()
    kept.join()
    cancelled.join()
    assert called == ["kept"]
    assert not timers.entries, timers.entries
