"""`select.select` and `select.poll`.

Invariant: each waits by `waiting` alone, so that it blocks the calling thread and no other, and
checks its arguments as Modules/selectmodule.c of 3.14 does.
"""

import select as native
from errno import EBADF, ENOENT
from math import ceil
from operator import index
from time import monotonic

from ..sched.wait import INTERRUPTED
from ..seam.declare import Face
from ..signals import delivery
from . import table
from .events import ALWAYS, ERR, HUP, IN, NVAL, OUT, PRI, RDBAND, RDNORM, WRBAND, WRNORM
from .open_file import failure
from .waiting import stand_by

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Never, SupportsIndex

    from .table import Numbered

face = Face("select", base=native)
#: Descriptors that fit into what `select` is given.
FD_SETSIZE = 1024
#: What `select` takes for readable, writable and exceptional (fs/select.c).
_READ, _WRITE, _EXCEPT = RDNORM | RDBAND | IN | HUP | ERR, WRBAND | WRNORM | OUT | ERR, PRI
_LONGEST = 9223372036.0
_INT_MAX = 0x7FFFFFFF


def deadline_of(seconds: float | SupportsIndex | None, message: str) -> float | None:
    """On the monotonic clock, or None: never, for None and for a negative time."""
    if seconds is None:
        return None
    if not isinstance(seconds, (int, float)):
        try:
            seconds = index(seconds)
        except TypeError:
            raise TypeError(message) from None
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds > _LONGEST:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    return None if seconds < 0 else monotonic() + seconds


def is_over(deadline: float | None) -> bool:
    return deadline is not None and monotonic() >= deadline


def _wait(wanted: Sequence[tuple[int, int]], deadline: float | None) -> list[tuple[int, int]]:
    """The pairs of `wanted` (descriptor, mask) that are ready, with their events."""
    files = [(fd, table.find(fd), mask | ALWAYS) for fd, mask in wanted]
    while True:
        found = [
            (fd, events)
            for fd, file, mask in files
            if (events := NVAL if file is None else file.poll() & mask)
        ]
        if found:
            return found
        if is_over(deadline):
            if any([file.catch_up() for _, file, _ in files if file is not None]):
                continue
            return found
        if stand_by([(file, mask) for _, file, mask in files], deadline) == INTERRUPTED:
            delivery.run_pending()


@face
def select(
    rlist: Iterable[Numbered],
    wlist: Iterable[Numbered],
    xlist: Iterable[Numbered],
    timeout: float | SupportsIndex | None = None,
    /,
) -> tuple[list[Numbered], ...]:
    """Wait until one or more file descriptors are ready for some kind of I/O.

    The first three arguments are iterables of file descriptors to be waited for:
    rlist -- wait until ready for reading
    wlist -- wait until ready for writing
    xlist -- wait for an "exceptional condition"
    If only one kind of condition is required, pass [] for the other lists."""
    if timeout is not None and isinstance(timeout, (int, float)) and timeout < 0:
        raise ValueError("timeout must be non-negative")
    deadline = deadline_of(timeout, "timeout must be a float or None")
    lists, masks = [], {}
    for files, mask in ((rlist, _READ), (wlist, _WRITE), (xlist, _EXCEPT)):
        pairs = _pairs(files)
        lists.append(pairs)
        for fd, _ in pairs:
            masks[fd] = masks.get(fd, 0) | mask
    if any(table.find(fd) is None for fd in masks):
        raise failure(EBADF)
    found = dict(_wait(list(masks.items()), deadline))
    return tuple(
        [file for fd, file in pairs if found.get(fd, 0) & condition]
        for pairs, condition in zip(lists, (_READ, _WRITE, _EXCEPT), strict=True)
    )


def _pairs(files: Iterable[Numbered]) -> list[tuple[int, Numbered]]:
    """The descriptors of a sequence, which may shrink while `fileno` is called."""
    if not hasattr(files, "__iter__") and not hasattr(files, "__getitem__"):
        raise TypeError("arguments 1-3 must be sequences")
    sequence = files if isinstance(files, (list, tuple)) else list(files)
    pairs = []
    while len(pairs) < len(sequence):
        file = sequence[len(pairs)]
        fd = table.number(file)
        if fd >= FD_SETSIZE:
            raise ValueError("filedescriptor out of range in select()")
        if len(pairs) >= FD_SETSIZE:
            raise ValueError("too many file descriptors in select()")
        pairs.append((fd, file))
    return pairs


class _Poll:
    """What `select.poll()` returns."""

    __slots__ = ("__weakref__", "_masks", "_polling")

    def __new__(cls, *args: object, **kwargs: object) -> Never:
        raise TypeError("cannot create 'select.poll' instances")

    def register(self, fd: Numbered, eventmask: SupportsIndex = IN | PRI | OUT, /) -> None:
        """Register a file descriptor with the polling object."""
        fd, mask = table.number(fd), _unsigned_short(eventmask)
        self._masks[fd] = mask

    def modify(self, fd: Numbered, eventmask: SupportsIndex, /) -> None:
        """Modify an already registered file descriptor."""
        fd, mask = table.number(fd), _unsigned_short(eventmask)
        if fd not in self._masks:
            raise failure(ENOENT)
        self._masks[fd] = mask

    def unregister(self, fd: Numbered, /) -> None:
        """Remove a file descriptor being tracked by the polling object."""
        del self._masks[table.number(fd)]

    def poll(self, timeout: float | SupportsIndex | None = None, /) -> list[tuple[int, int]]:
        """Polls the set of registered file descriptors.

        Returns a list containing any descriptors that have events or errors to
        report, as a list of (fd, event) 2-tuples."""
        deadline = _deadline_of_milliseconds(timeout)
        if self._polling:
            raise RuntimeError("concurrent poll() invocation")
        self._polling = True
        try:
            return _wait(list(self._masks.items()), deadline)
        finally:
            self._polling = False


def _deadline_of_milliseconds(timeout: float | SupportsIndex | None) -> float | None:
    if timeout is None:
        return None
    if not isinstance(timeout, (int, float)):
        try:
            timeout = index(timeout)
        except TypeError:
            raise TypeError("timeout must be an integer or None") from None
    if timeout != timeout:
        raise ValueError("Invalid value NaN (not a number)")
    if timeout < 0:
        return None
    milliseconds = ceil(timeout) if timeout <= _LONGEST else _INT_MAX + 1
    if milliseconds > _INT_MAX:
        raise OverflowError("timeout is too large")
    return monotonic() + milliseconds / 1000


def _unsigned_short(mask: SupportsIndex) -> int:
    mask = index(mask)
    if mask < 0:
        raise ValueError("value must be positive")
    if mask > 0xFFFF:
        raise OverflowError("Python int too large for C unsigned short")
    return mask


_Poll.__name__ = _Poll.__qualname__ = "poll"
_Poll.__module__ = "select"


@face
def poll() -> _Poll:
    """Returns a polling object.

    This object supports registering and unregistering file descriptors, and then
    polling them for I/O events."""
    made = object.__new__(_Poll)
    made._masks = {}
    made._polling = False
    return made
