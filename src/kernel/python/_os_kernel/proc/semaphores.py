"""Semaphores that the broker keeps, since other processes have them open, too.

Invariant: a take that was given up takes nothing: what comes for it all the same is given back.
"""

from errno import EEXIST, ENOENT
from os import strerror
from time import monotonic

from ..sched.wait import INTERRUPTED, TIMED_OUT
from ..signals import delivery
from . import calls

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .calls import Message


class SemaphoreWait(calls.BrokerWait):
    """Waits until a semaphore is above zero."""

    __slots__ = ()
    thing = "a semaphore of multiprocessing"


def create(name: str, value: int, unlink: bool) -> int:
    """The handle of a new one; FileExistsError if there is one of that name."""
    handle = _open(name, EEXIST, create=value)
    if unlink:
        calls.ask("semaphore.unlink", name=name)
    return handle


def rebuild(name: str) -> int:
    """The handle of the one that has that name, or FileNotFoundError."""
    return _open(name, ENOENT)


def _open(name: str, number: int, **create: int) -> int:
    handle = next(calls.handles)
    answer = calls.ask("semaphore.open", handle=handle, name=name, **create)
    if getattr(answer, "error", None) is not None:
        raise OSError(number, strerror(number))
    return handle


def hand_over(name: str, value: int) -> int:
    """Gives the broker a semaphore of this process; answers with its handle."""
    handle = next(calls.handles)
    calls.request(_ignored, "semaphore.open", handle=handle, name=name, create=value)
    return handle


def unlink(name: str) -> None:
    """Takes the name away, or raises FileNotFoundError."""
    if getattr(calls.ask("semaphore.unlink", name=name), "error", None) is not None:
        raise OSError(ENOENT, strerror(ENOENT))


def value(handle: int) -> int:
    """How many can be taken."""
    return calls.ask("semaphore.ask", handle=handle).value


def give(handle: int, most: int) -> bool:
    """False if there are `most` already."""
    answer = calls.ask("semaphore.give", handle=handle, most=most)
    return getattr(answer, "error", None) is None


def give_mine(handle: int) -> None:
    """As `give`, for a lock that this process has: it cannot fail, so nobody waits."""
    calls.request(_ignored, "semaphore.give", handle=handle, most=1)


def close(handle: int) -> None:
    """This process has it open no more."""
    calls.tell("handle.close", handle=handle)


def take(handle: int, block: bool, deadline: float | None) -> bool:
    """Takes one; false if there is none, or none until the `deadline` on the monotonic clock."""
    return _Take(handle).run(block and (deadline is None or deadline > monotonic()), deadline)


class _Take:
    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._taken: bool | None = None
        self._given_up = False
        self._wait: SemaphoreWait | None = None

    def run(self, block: bool, deadline: float | None) -> bool:
        request = calls.request(self._told, "semaphore.take", handle=self._handle, wait=block)
        while self._taken is None:
            self._wait = SemaphoreWait(None)
            state = self._wait.block(deadline)
            if self._taken is not None:
                break
            if state == TIMED_OUT:
                calls.tell("semaphore.withdraw", request=request, handle=self._handle)
                deadline = None
            elif state == INTERRUPTED:
                try:
                    delivery.run_pending()
                except BaseException:
                    if self._taken:
                        give_mine(self._handle)
                    elif self._taken is None:
                        self._given_up = True
                        calls.tell("semaphore.withdraw", request=request, handle=self._handle)
                    raise
        return self._taken

    def _told(self, message: Message) -> None:
        self._taken = message.taken
        if self._given_up and self._taken:
            give_mine(self._handle)
        if self._wait is not None:
            self._wait.wake()


def _ignored(message: Message) -> None:
    """The answer tells nothing that is not known."""
