"""What C asks when it would wait: for a lock of its own, in a sleep, for a connection of SQLite's.

The changed module (src/kernel/build/waits/) calls `asked` where C on Linux would wait in the
operating system. The thread waits here as it does for anything else, and others run meanwhile.

Invariant: a lock is taken for the thread that is told that it has it, before any other thread
runs; so no lock has two holders.
"""

from time import monotonic

from .. import machine
from ..signals import delivery
from . import deadlock, fiber
from .wait import INTERRUPTED, TIMED_OUT, Wait, WaitQueue

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never

#: As `request` in src/kernel/machine/cpython/words.ts.
SLEEP, LOCK, MUTEX, RELEASED, ENTERS_CONNECTION, BLOCKED = range(6)
#: What a lock's byte holds: whether it is held, and for a `PyMutex` whether somebody waits.
_HELD, _AWAITED = 1, 2
#: The waits for the lock at an address.
_queues: dict[int, WaitQueue] = {}
#: The waits to enter a connection, by its address.
_entering: dict[int, WaitQueue] = {}
#: How many threads wait for C, in a list of one.
_waiting = [0]


class SleepWait(Wait):
    """Waits for time to pass."""

    __slots__ = ()
    thing = "a sleep in C"


class LockWait(Wait):
    """Waits for the lock whose address is `object`."""

    __slots__ = ("bits", "given")
    object: int
    thing = "a lock in C"
    can_be_held = True

    def __init__(self, address: int, bits: int) -> None:
        Wait.__init__(self, address)
        #: Set in the lock while somebody waits for it.
        self.bits = bits
        #: Whether the lock was taken for this thread.
        self.given = False


class ConnectionWait(Wait):
    """Waits until another thread leaves the connection whose address is `object`."""

    __slots__ = ()
    thing = "a connection of SQLite"


def asked(what: int, address: int, amount: float) -> int:
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


def _sleep(milliseconds: float) -> int:
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


def _acquire(address: int, bits: int, seconds: float) -> int:
    """Without a time-out if `seconds` is negative."""
    queue = _queues.setdefault(address, WaitQueue())
    wait = LockWait(address, bits)
    queue.add(wait)
    _count(1)
    machine.c_mark(address, bits)
    deadline = None if seconds < 0 else monotonic() + seconds
    try:
        while not wait.given and not _take(wait, queue):
            state = wait.block(deadline)
            if state == TIMED_OUT:
                break
            # A signal's handler runs when C has come back. From a deadlock it never does.
            if state == INTERRUPTED and deadlock.NUMBER in delivery.pending:
                delivery.run_pending()
            if not wait.given:
                wait = _again(wait, queue)
    finally:
        _count(-1)
        queue.discard(wait)
        if not queue:
            _queues.pop(address, None)
    return int(wait.given)


def _again(ended: LockWait, queue: WaitQueue) -> LockWait:
    """A new wait in the place of one that a signal has ended, which keeps its turn."""
    wait = LockWait(ended.object, ended.bits)
    queue[queue.index(ended)] = wait
    return wait


def _released(address: int) -> int:
    """Hands a lock to whoever has waited longest; wakes all who would enter a connection."""
    if address in _entering:
        _entering[address].wake_all()
    queue = _queues.get(address, WaitQueue())
    for wait in queue:
        # One whose time is over, or that a signal woke, tries for itself.
        if wait.wake():
            _take(wait, queue)  # pyright: ignore[reportArgumentType]: it has no others
            queue.remove(wait)
            break
    return 1


def _take(wait: LockWait, queue: WaitQueue) -> bool:
    """Takes the lock for the thread that waits, if it is free."""
    wait.given = machine.c_take(wait.object, _HELD | (wait.bits if len(queue) > 1 else 0))
    return wait.given


def _enter(connection: int) -> int:
    """Waits until the thread that is inside `connection` has left it."""
    wait = ConnectionWait(connection)
    waiting = _entering.setdefault(connection, WaitQueue())
    waiting.add(wait)
    _count(1)
    try:
        wait.block()
    finally:
        _count(-1)
        waiting.discard(wait)
        if not waiting:
            _entering.pop(connection, None)
    return 1


def _fail() -> Never:
    raise RuntimeError(
        "a callback of ctypes cannot block: JavaScript stands between it and its caller"
    )


def _count(change: int) -> None:
    _waiting[0] += change
    machine.c_waiting(_waiting[0])
