"""What C asks when it would wait: for a lock of its own, in a sleep, for a connection of SQLite's.

The changed module (src/kernel/build/waits/) calls `asked` where C on Linux would wait in the
operating system. The thread waits here as it does for anything else, and others run meanwhile.

Invariant: a lock is taken for the thread that is told that it has it, before any other thread
runs; so no lock has two holders.
"""

from collections import deque
from time import monotonic

from .. import machine
from ..signals import delivery
from . import deadlock, fiber
from .wait import INTERRUPTED, TIMED_OUT, Wait

#: As `request` in src/kernel/machine/cpython/words.ts.
SLEEP, LOCK, MUTEX, RELEASED, ENTERS_CONNECTION, BLOCKED = range(6)
#: What a lock's byte holds: whether it is held, and for a `PyMutex` whether somebody waits.
_HELD, _AWAITED = 1, 2
#: Claims to the lock at an address, oldest first.
_queues = {}
#: Who waits to enter a connection, by its address.
_entering = {}
#: How many threads wait for C, in a list of one.
_waiting = [0]


class SleepWait(Wait):
    """Waits for time to pass."""

    __slots__ = ()
    thing = "a sleep in C"


class LockWait(Wait):
    """Waits for the lock whose address is `object`."""

    __slots__ = ()
    thing = "a lock in C"
    can_be_held = True


class ConnectionWait(Wait):
    """Waits until another thread leaves the connection whose address is `object`."""

    __slots__ = ()
    thing = "a connection of SQLite"


class _Claim:
    """A thread's claim to a lock; `bits` are set in the lock while somebody waits for it."""

    __slots__ = ("bits", "given", "wait")

    def __init__(self, bits):
        self.bits = bits
        self.given = False
        #: The one under way: a signal ends a wait, and another begins.
        self.wait: LockWait | None = None


def asked(what, address, amount):
    """1 if C has what it wants, 0 if not."""
    if what == SLEEP:
        return _sleep(amount)
    if what == LOCK:
        return _acquire(address, 0, amount / 1e6)
    if what == MUTEX:
        return _acquire(address, _AWAITED, amount / 1e9)
    if what == RELEASED:
        return _released(address)
    if what == ENTERS_CONNECTION:
        return _enter(address)
    return _fail()


def install() -> None:
    """From now on C asks; after `hidden`, since the function must keep its frames out of sight."""
    machine.c_asks(id(asked))


def _sleep(milliseconds):
    """0 if this thread cannot be suspended: then C sleeps in a loop, and no thread runs.

    A signal ends it early; its handler runs when C has come back, as on Linux.
    """
    if fiber.cpu.current is None:
        return 0
    try:
        SleepWait(None).block(monotonic() + milliseconds / 1000)
    except RuntimeError:
        return 0
    return 1


def _acquire(address, bits, seconds):
    """Without a time-out if `seconds` is negative."""
    queue = _queues.setdefault(address, deque())
    claim = _Claim(bits)
    queue.append(claim)
    _count(1)
    machine.c_mark(address, bits)
    deadline = None if seconds < 0 else monotonic() + seconds
    try:
        while not claim.given and not _take(address, claim, queue):
            claim.wait = wait = LockWait(address)
            state = wait.block(deadline)
            if state == TIMED_OUT:
                break
            # A signal's handler runs when C has come back. From a deadlock it never does.
            if state == INTERRUPTED and deadlock.NUMBER in delivery.pending:
                delivery.run_pending()
    finally:
        _count(-1)
        if claim in queue:
            queue.remove(claim)
        if not queue:
            _queues.pop(address, None)
    return int(claim.given)


def _released(address):
    """Hands a lock to whoever has waited longest; wakes all who would enter a connection."""
    for wait in _entering.get(address, ()):
        wait.wake()
    queue = _queues.get(address)
    for claim in queue or ():
        # One whose time is over, or that a signal woke, tries for itself.
        if claim.wait.wake():
            _take(address, claim, queue)
            queue.remove(claim)
            break
    return 1


def _take(address, claim, queue):
    """Takes the lock for `claim`, if it is free."""
    claim.given = machine.c_take(address, _HELD | (claim.bits if len(queue) > 1 else 0))
    return claim.given


def _enter(connection):
    """Waits until the thread that is inside `connection` has left it."""
    wait = ConnectionWait(connection)
    waiting = _entering.setdefault(connection, [])
    waiting.append(wait)
    _count(1)
    try:
        wait.block()
    finally:
        _count(-1)
        waiting.remove(wait)
        if not waiting:
            _entering.pop(connection, None)
    return 1


def _fail():
    raise RuntimeError(
        "a callback of ctypes cannot block: JavaScript stands between it and its caller"
    )


def _count(change):
    _waiting[0] += change
    machine.c_waiting(_waiting[0])
