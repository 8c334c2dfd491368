"""`threading`'s locks: who gets in, how many at once, and that nobody is forgotten."""

import threading
import time

from harness import outside, together

SECOND = 1.0


def step(number):
    """A call is a place where a slice may end."""
    return number + 1


def test_lock_lets_one_in():
    """A Lock lets one thread in at a time."""
    lock = threading.Lock()
    count = 0

    def work():
        nonlocal count
        for _ in range(4):
            with lock:
                before = count
                count = step(before)

    together(work, work, work)
    assert count == 12, count
    assert not lock.locked()


def test_lock_with_timeouts_forgets_nobody():
    """A Lock that is waited for with and without a timeout forgets no waiter."""
    lock = threading.Lock()
    held = 0
    inside = 0

    def work(timeout):
        nonlocal held, inside
        for _ in range(3):
            if lock.acquire(timeout=timeout):
                inside = step(inside)
                assert inside == 1, inside
                time.sleep(outside.draw(3) / 1000)
                inside -= 1
                held += 1
                lock.release()

    together(lambda: work(0.001), lambda: work(-1), lambda: work(0.002), lambda: work(-1))
    assert held >= 6, held
    assert not lock.locked()


def test_lock_is_handed_to_who_has_waited_longest():
    """A Lock is not kept from a thread that has waited a millisecond."""
    lock = threading.Lock()
    taken = []
    waits = []
    threads = 4

    def work(name):
        for _ in range(3):
            before = len(taken)
            with lock:
                waits.append(sum(each != name for each in taken[before:]))
                taken.append(name)
                time.sleep(0.002)

    together(*(lambda name=name: work(name) for name in range(threads)))
    # Each of the others once before it, and once more for one that came while it was on its way.
    assert max(waits) <= 2 * (threads - 1), (max(waits), taken)


def test_lock_taken_back_by_the_running_thread():
    """A Lock that is free can be taken by the running thread though another was woken for it."""
    lock = threading.Lock()
    ends = []

    def greedy():
        for _ in range(6):
            lock.acquire()
            lock.release()
        ends.append("greedy")

    def patient():
        lock.acquire()
        lock.release()
        ends.append("patient")

    together(greedy, patient, patient)
    assert sorted(ends) == ["greedy", "patient", "patient"]
    assert not lock.locked()


def test_rlock_counts():
    """An RLock is its owner's as often as it was taken, and nobody else's."""
    lock = threading.RLock()
    count = 0

    def nested(depth):
        nonlocal count
        with lock:
            if depth:
                nested(depth - 1)
            before = count
            count = step(before)

    def stranger():
        if not lock._is_owned():
            try:
                lock.release()
            except RuntimeError:
                return
            raise AssertionError("released what it does not own")

    together(lambda: nested(2), lambda: nested(2), stranger, lambda: nested(2))
    assert count == 9, count
    assert not lock.locked()


def test_condition_bounded_buffer():
    """A buffer of one place, guarded by a Condition, passes every item on once."""
    condition = threading.Condition()
    place = []
    got = []

    def produce(base):
        for item in range(base, base + 3):
            with condition:
                while place:
                    condition.wait()
                place.append(item)
                condition.notify_all()

    def consume():
        for _ in range(3):
            with condition:
                while not place:
                    condition.wait()
                got.append(place.pop())
                condition.notify_all()

    together(lambda: produce(0), lambda: produce(10), consume, consume)
    assert sorted(got) == [0, 1, 2, 10, 11, 12], got


def test_condition_notify_wakes_as_many_as_it_says():
    """`notify(n)` wakes n waiters, and one whose time is over does not use a notification up."""
    condition = threading.Condition()
    waiting = 0
    woken = []

    def wait(timeout):
        nonlocal waiting
        with condition:
            waiting += 1
            if condition.wait(timeout):
                woken.append(timeout)

    def notify():
        while True:
            with condition:
                if waiting == 4:
                    break
            time.sleep(0.001)
        with condition:
            condition.notify(2)
        time.sleep(2 * SECOND)
        with condition:
            assert len(woken) == 2, woken
            condition.notify_all()

    together(lambda: wait(60), lambda: wait(61), lambda: wait(62), lambda: wait(63), notify)
    assert sorted(woken) == [60, 61, 62, 63], woken


def test_semaphore_bounds():
    """A BoundedSemaphore of two lets two in, and its count comes back."""
    semaphore = threading.BoundedSemaphore(2)
    inside = most = 0

    def work():
        nonlocal inside, most
        for _ in range(3):
            with semaphore:
                inside += 1
                most = max(most, step(inside) - 1)
                time.sleep(outside.draw(2) / 1000)
                inside -= 1

    together(work, work, work, work)
    assert most <= 2, most
    assert semaphore._value == 2
    try:
        semaphore.release()
    except ValueError:
        return
    raise AssertionError("released too often")


def test_event_wakes_all():
    """An Event wakes all who wait, and nobody misses it, whenever it is set."""
    event = threading.Event()
    seen = []

    def wait(timeout):
        seen.append(event.wait(timeout))

    def set_it():
        time.sleep(outside.draw(3) / 1000)
        event.set()

    together(lambda: wait(None), lambda: wait(100), lambda: wait(None), set_it)
    assert seen == [True, True, True], seen
    event.clear()
    before = time.monotonic()
    assert event.wait(SECOND) is False
    assert time.monotonic() - before >= SECOND


def test_barrier_generations():
    """A Barrier lets nobody into a round before all have left the one before."""
    barrier = threading.Barrier(3)
    rounds = []

    def work():
        for number in range(3):
            rounds.append(number)
            barrier.wait()
            assert rounds.count(number) == 3, rounds

    together(work, work, work)
    assert rounds == sorted(rounds), rounds


def test_barrier_that_breaks():
    """A Barrier whose last party never comes breaks for all, in its time."""
    barrier = threading.Barrier(3)
    broken = []

    def work():
        try:
            barrier.wait(SECOND)
        except threading.BrokenBarrierError:
            broken.append(True)

    before = time.monotonic()
    together(work, work)
    assert broken == [True, True]
    assert barrier.broken
    assert SECOND <= time.monotonic() - before < 2 * SECOND
