"""`_thread.lock`.

Invariant: if the lock is free and threads wait for it, exactly one of them (`_waking`) has been
woken and will try. Threads are woken first in, first out. As in CPython's PyMutex, a running
thread may take the lock before the woken one gets to run, but a thread that has waited for a
millisecond is handed it.
"""

from time import monotonic

from ..sched import fiber
from ..sched.wait import INTERRUPTED, TIMED_OUT, WOKEN, Wait, WaitQueue
from ..seam.declare import Face
from ..signals import delivery

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never

    from .thread import Thread

face = Face("_thread")

TIMEOUT_MAX = 9223372036.0
FAIR_AFTER = 0.001
face.give(TIMEOUT_MAX=TIMEOUT_MAX)


def parse_timeout(blocking: bool, timeout: float) -> float | None:
    """The deadline of an acquire: None for none, 0.0 for "do not wait"."""
    if timeout == -1:
        return None if blocking else 0.0
    if timeout != timeout:
        raise ValueError("Invalid value NaN (not a number)")
    if not blocking:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")
    return monotonic() + timeout if timeout else 0.0


def _thread() -> Thread | None:
    running = fiber.cpu.current
    return None if running is None else running.thread


class LockWait(Wait):
    """Waits for the lock `object`."""

    __slots__ = ()
    object: lock
    can_be_held = True

    @property
    def thing(self) -> str:
        return "an RLock" if self.object._reentrant else "a Lock"

    @property
    def holder(self) -> Thread | None:
        return self.object._holder


@face.named("lock", "LockType")
class lock:
    """A lock object is a synchronization primitive.  To create a lock,
    call threading.Lock().  Methods are:

    acquire() -- lock the lock, possibly blocking until it can be obtained
    release() -- unlock of the lock
    locked() -- test whether the lock is currently locked

    A lock is not owned by the thread that locked it; another thread may
    unlock it.  A thread attempting to lock a lock that it has already locked
    will block until another thread unlocks it.  Deadlocks may ensue."""

    __slots__ = ("__weakref__", "_holder", "_locked", "_reentrant", "_waits", "_waking")

    def __init__(self) -> None:
        self._locked = False
        self._waits: WaitQueue | None = None
        self._waking: Wait | None = None
        #: For reports: the thread that took it, and whether it is the inner lock of an RLock.
        self._holder: Thread | None = None
        self._reentrant = False

    def __init_subclass__(cls) -> Never:
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Lock the lock."""
        if timeout == -1 and not self._locked and self._waking is None:
            self._locked = True
            running = fiber.cpu.current
            self._holder = running and running.thread
            return True
        deadline = parse_timeout(blocking, timeout)
        if not self._locked:
            self._locked = True
            self._holder = _thread()
            return True
        if deadline == 0.0:
            return False
        return self._wait(deadline)

    def _wait(self, deadline: float | None) -> bool:
        wait = LockWait(self)
        wait.since = monotonic()
        if self._waits is None:
            self._waits = WaitQueue()
        self._waits.add(wait)
        while True:
            try:
                state = wait.block(deadline)
            except BaseException:
                self._leave(wait)
                raise
            if state == WOKEN:
                if self._waking is not wait:  # handed over: it stayed locked for us
                    self._holder = _thread()
                    return True
                self._waking = None
            else:
                self._leave(wait)
            if not self._locked:
                self._locked = True
                self._holder = _thread()
                return True
            if state == INTERRUPTED:
                delivery.run_pending()
                if not self._locked:
                    self._locked = True
                    self._holder = _thread()
                    return True
            if state == TIMED_OUT or (deadline is not None and monotonic() >= deadline):
                return False
            since = wait.since
            wait = LockWait(self)
            wait.since = since
            self._waits.add_first(wait)

    def _leave(self, wait: LockWait) -> None:
        if self._waits.discard(wait):
            return
        if self._waking is wait:
            self._waking = None
        if not self._locked and self._waking is None:
            self._waking = self._waits.wake_one()

    def release(self) -> None:
        """Release the lock."""
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        if self._waits and self._waking is None:
            woken = self._waits.wake_one()
            if woken is not None and monotonic() - woken.since >= FAIR_AFTER:
                self._holder = woken.fiber.thread
                return
            self._waking = woken
        self._locked = False
        self._holder = None

    def locked(self) -> bool:
        """Return whether the lock is in the locked state."""
        return self._locked

    # Nearly every `with lock` finds the lock free and nobody waiting: these two then call nothing.

    def __enter__(self) -> bool:
        if self._locked or self._waking is not None:
            return self.acquire()
        self._locked = True
        running = fiber.cpu.current
        self._holder = running and running.thread
        return True

    def __exit__(self, *exc_info: object) -> None:
        if not self._locked or self._waits:
            self.release()
        else:
            self._locked = False
            self._holder = None

    def __reduce__(self) -> Never:
        raise TypeError("cannot pickle '_thread.lock' object")

    def __repr__(self) -> str:
        state = "locked" if self._locked else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"

    def _at_fork_reinit(self) -> None:
        self.__init__()

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked


@face.named("allocate_lock", "allocate")
def allocate_lock() -> lock:
    """Create a new lock object."""
    return lock()
