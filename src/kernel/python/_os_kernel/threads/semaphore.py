"""`_multiprocessing`: the semaphore that the locks of `multiprocessing` are made of.

A process keeps its semaphores itself until it first starts another; then it hands those that have
a name to the broker, where others find them. Invariant: the rules of each method are those of
Modules/_multiprocessing/semaphore.c, wherever the semaphore is.
"""

import sys
from itertools import count
from time import monotonic

from .. import processes
from ..sched.wait import INTERRUPTED, Wait, WaitQueue
from ..seam.declare import Face
from ..signals import delivery
from . import thread

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Self

face = Face("_multiprocessing", doc="Semaphores of multiprocessing.")
face.give(flags={})

_RECURSIVE_MUTEX = 0
_numbers = count(1)


class SemaphoreWait(Wait):
    """Waits until the SemLock `object` is above zero."""

    __slots__ = ()
    thing = "a semaphore of multiprocessing"


class _Semaphore:
    """What a SemLock stands for: a number, here or at the broker."""

    __slots__ = ("__weakref__", "handle", "value", "waits")

    def __init__(self, value: int) -> None:
        self.value = value
        self.waits = WaitQueue()
        #: The broker's name of it, if it is there.
        self.handle: int | None = None

    def hand_over(self, name: str) -> None:
        self.handle = _broker().hand_over(name, self.value)
        self.waits.wake_all()

    def __del__(self) -> None:
        if self.handle is not None and not sys.is_finalizing():
            _broker().close(self.handle)


#: Those of this process that have a name and are not at the broker.
_named: dict[str, _Semaphore] = {}


def _broker() -> ModuleType:
    return processes.part("semaphores")


def hand_over_all() -> None:
    """Another process may look for them from now on."""
    for name, semaphore in _named.items():
        semaphore.hand_over(name)
    _named.clear()


def _made(value: int, name: str, unlink: bool) -> _Semaphore:
    semaphore = _Semaphore(value)
    if not processes.identity.alone:
        semaphore.handle = _broker().create(name, value, unlink)
    elif name in _named:
        raise FileExistsError(17, "File exists")
    elif not unlink:
        _named[name] = semaphore
    return semaphore


def _found(name: str) -> _Semaphore:
    semaphore = _named.get(name)
    if semaphore is not None:
        return semaphore
    if processes.identity.alone:
        raise FileNotFoundError(2, "No such file or directory")
    semaphore = _Semaphore(0)
    semaphore.handle = _broker().rebuild(name)
    return semaphore


@face
class SemLock:
    """Semaphore/Mutex type"""

    __slots__ = (
        "__weakref__",
        "_held",
        "_owner",
        "_semaphore",
        "handle",
        "kind",
        "maxvalue",
        "name",
    )

    SEM_VALUE_MAX = 2**31 - 1

    def __new__(cls, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> Self:
        if kind not in (0, 1):
            raise ValueError("unrecognized kind")
        semaphore = _made(value, name, unlink)
        return cls._about(semaphore, kind, maxvalue, None if unlink else name)

    @classmethod
    def _about(cls, semaphore: _Semaphore, kind: int, maxvalue: int, name: str | None) -> Self:
        self = object.__new__(cls)
        self.handle = next(_numbers)
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = name
        self._semaphore = semaphore
        #: How often threads of this process have it, and the thread that took it last.
        self._held = 0
        self._owner = None
        return self

    @classmethod
    def _rebuild(cls, handle: int, kind: int, maxvalue: int, name: str, /) -> Self:
        return cls._about(_found(name), kind, maxvalue, name)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Acquire the semaphore/lock."""
        if self.kind == _RECURSIVE_MUTEX and self._is_mine():
            self._held += 1
            return True
        deadline = None if timeout is None else monotonic() + max(0.0, float(timeout))
        if not self._take(block, deadline):
            return False
        self._held += 1
        self._owner = thread.current()
        return True

    def _take(self, block: bool, deadline: float | None) -> bool:
        semaphore = self._semaphore
        while semaphore.handle is None:
            if semaphore.value:
                semaphore.value -= 1
                return True
            if not block or (deadline is not None and monotonic() >= deadline):
                return False
            self._wait(deadline)
        return _broker().take(semaphore.handle, block, deadline)

    def _wait(self, deadline: float | None) -> None:
        waits = self._semaphore.waits
        wait = SemaphoreWait(self)
        waits.add(wait)
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
        semaphore = self._semaphore
        if not semaphore.waits.discard(wait) and wait.state == INTERRUPTED and semaphore.value:
            semaphore.waits.wake_one()

    def release(self) -> None:
        """Release the semaphore/lock."""
        if self.kind == _RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._held > 1:
                self._held -= 1
                return
        # Before, since another thread may take it while this one waits for an answer.
        self._held -= 1
        try:
            self._give()
        except ValueError:
            self._held += 1
            raise

    def _give(self) -> None:
        semaphore = self._semaphore
        if semaphore.handle is None:
            if semaphore.value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            semaphore.value += 1
            semaphore.waits.wake_one()
        elif self.kind == _RECURSIVE_MUTEX:
            _broker().give_mine(semaphore.handle)
        elif not _broker().give(semaphore.handle, self.maxvalue):
            raise ValueError("semaphore or lock released too many times")

    def _count(self) -> int:
        """Num of `acquire()`s minus num of `release()`s for this process."""
        return self._held

    def _is_mine(self) -> bool:
        """Whether the lock is owned by this thread."""
        return self._held > 0 and self._owner is thread.current()

    def _get_value(self) -> int:
        """Get the value of the semaphore."""
        semaphore = self._semaphore
        return semaphore.value if semaphore.handle is None else _broker().value(semaphore.handle)

    def _is_zero(self) -> bool:
        """Return whether semaphore has value zero."""
        return self._get_value() == 0

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
def sem_unlink(name: str, /) -> None:
    """Removes the name of a semaphore; who has it open goes on."""
    if _named.pop(name, None) is not None:
        return
    if processes.identity.alone:
        raise FileNotFoundError(2, "No such file or directory")
    _broker().unlink(name)
