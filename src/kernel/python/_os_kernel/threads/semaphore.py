"""`_multiprocessing`, for threads: what `multiprocessing.pool.ThreadPool`,
`multiprocessing.dummy` and the locks of `multiprocessing` need of it.

Invariant: a semaphore is shared by the threads of this interpreter and has no name by which
another process could find it. Whatever would hand it to one raises an error that says so. The
rules of each method are those of Modules/_multiprocessing/semaphore.c.
"""

from itertools import count
from time import monotonic

from ..sched.wait import INTERRUPTED, Wait, WaitQueue
from ..seam.declare import Face
from ..signals import delivery
from . import thread

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never, Self

face = Face("_multiprocessing", doc="Semaphores for the threads of one process.")
face.give(flags={})

_RECURSIVE_MUTEX = 0
_handles = count(1)
_NO_SHARING = (
    "a semaphore of multiprocessing reaches the threads of its own process only: "
    "a page in a browser starts no other process yet"
)


class SemaphoreWait(Wait):
    """Waits until the SemLock `object` is above zero."""

    __slots__ = ()
    thing = "a semaphore of multiprocessing"


@face
class SemLock:
    """Semaphore/Mutex type"""

    __slots__ = (
        "__weakref__",
        "_held",
        "_owner",
        "_value",
        "_waits",
        "handle",
        "kind",
        "maxvalue",
    )

    SEM_VALUE_MAX = 2**31 - 1
    #: It has none: the name that `multiprocessing` makes up is for other processes.
    name = None

    def __new__(cls, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> Self:
        if kind not in (0, 1):
            raise ValueError("unrecognized kind")
        self = object.__new__(cls)
        self.handle = next(_handles)
        self.kind = kind
        self.maxvalue = maxvalue
        self._value = value
        self._waits = WaitQueue()
        #: How often threads of this process have it, and the thread that took it last.
        self._held = 0
        self._owner = None
        return self

    @classmethod
    def _rebuild(cls, handle: int, kind: int, maxvalue: int, name: str, /) -> Never:
        """Rebuild a semaphore that another process has made: there is none."""
        raise OSError(38, _NO_SHARING)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Acquire the semaphore/lock."""
        if self.kind == _RECURSIVE_MUTEX and self._is_mine():
            self._held += 1
            return True
        deadline = None if timeout is None else monotonic() + max(0.0, float(timeout))
        while not self._value:
            if not block or (deadline is not None and monotonic() >= deadline):
                return False
            self._wait(deadline)
        self._value -= 1
        self._held += 1
        self._owner = thread.current()
        return True

    def _wait(self, deadline: float | None) -> None:
        wait = SemaphoreWait(self)
        self._waits.add(wait)
        try:
            state = wait.block(deadline)
        except BaseException:
            self._leave(wait)
            raise
        self._leave(wait)
        if state == INTERRUPTED:
            delivery.run_pending()

    def _leave(self, wait: SemaphoreWait) -> None:
        """`wait` is over; another may have what it was woken for and does not take."""
        if not self._waits.discard(wait) and wait.state == INTERRUPTED and self._value:
            self._waits.wake_one()

    def release(self) -> None:
        """Release the semaphore/lock."""
        if self.kind == _RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._held > 1:
                self._held -= 1
                return
        elif self._value >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        self._value += 1
        self._held -= 1
        self._waits.wake_one()

    def _count(self) -> int:
        """Num of `acquire()`s minus num of `release()`s for this process."""
        return self._held

    def _is_mine(self) -> bool:
        """Whether the lock is owned by this thread."""
        return self._held > 0 and self._owner is thread.current()

    def _get_value(self) -> int:
        """Get the value of the semaphore."""
        return self._value

    def _is_zero(self) -> bool:
        """Return whether semaphore has value zero."""
        return self._value == 0

    def _after_fork(self) -> None:
        """Rezero the net acquisition count after fork()."""
        self._held = 0

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self, exc_type: object = None, exc_value: object = None, exc_tb: object = None, /
    ) -> None:
        self.release()


@face
def sem_unlink(name: str, /) -> Never:
    """Removes the name of a semaphore: none has one."""
    raise FileNotFoundError(2, "No such file or directory")
