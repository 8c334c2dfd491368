"""`select.epoll`.

Invariant: each method checks its arguments and raises as Modules/selectmodule.c of 3.14 does; what
is watched is kept by the open file (`epoll.py`), so that `fromfd` and `dup` share it.
"""

from errno import EBADF, EINVAL
from operator import index

from . import table
from .epoll import Epoll
from .events import (
    ERR,
    ET,
    EXCLUSIVE,
    HUP,
    IN,
    MSG,
    ONESHOT,
    OUT,
    PRI,
    RDBAND,
    RDHUP,
    RDNORM,
    WAKEUP,
    WRBAND,
    WRNORM,
)
from .open_file import O_CLOEXEC, failure
from .polling import FD_SETSIZE, deadline_of, face, is_over
from .waiting import until_changed

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self, SupportsIndex

    from .open_file import OpenFile
    from .table import Numbered

_UNSIGNED = 0xFFFFFFFF


@face
class epoll:
    """select.epoll(sizehint=-1, flags=0)

    Returns an epolling object

    sizehint must be a positive integer or -1 for the default size. The
    sizehint is used to optimize internal data structures. It doesn't limit
    the maximum number of monitored events."""

    __slots__ = ("__weakref__", "_fd")

    def __init__(self, sizehint: SupportsIndex = -1, flags: SupportsIndex = 0) -> None:
        sizehint, flags = index(sizehint), index(flags)
        self._fd = -1
        if sizehint != -1 and sizehint <= 0:
            raise ValueError("negative sizehint")
        if flags & ~O_CLOEXEC:
            raise OSError("invalid flags")
        self._fd = table.open(Epoll())

    @classmethod
    def fromfd(cls, fd: SupportsIndex, /) -> Self:
        """Create an epoll object from a given control fd."""
        self = cls.__new__(cls)
        self._fd = index(fd)
        return self

    def _file(self) -> Epoll:
        if self._fd < 0:
            raise ValueError("I/O operation on closed epoll object")
        file = table.own(self._fd)
        if not isinstance(file, Epoll):
            raise failure(EINVAL if table.find(self._fd) is not None else EBADF)
        return file

    @property
    def closed(self) -> bool:
        """True if the epoll handler is closed"""
        return self._fd < 0

    def close(self) -> None:
        """Close the epoll control file descriptor.

        Further operations on the epoll object will raise an exception."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            table.close(fd)

    def fileno(self) -> int:
        """Return the epoll control file descriptor."""
        if self._fd < 0:
            raise ValueError("I/O operation on closed epoll object")
        return self._fd

    def register(self, fd: Numbered, eventmask: SupportsIndex = IN | PRI | OUT) -> None:
        """Registers a new fd or raises an OSError if the fd is already registered."""
        epoll, fd, file = self._told(fd)
        epoll.add(fd, file, _mask(eventmask))

    def modify(self, fd: Numbered, eventmask: SupportsIndex) -> None:
        """Modify event mask for a registered file descriptor."""
        epoll, fd, file = self._told(fd)
        epoll.modify(fd, file, _mask(eventmask))

    def unregister(self, fd: Numbered) -> None:
        """Remove a registered file descriptor from the epoll object."""
        epoll, fd, file = self._told(fd)
        epoll.remove(fd, file)

    def _told(self, fd: Numbered) -> tuple[Epoll, int, OpenFile]:
        if self._fd < 0:
            raise ValueError("I/O operation on closed epoll object")
        fd = table.number(fd)
        if table.find(self._fd) is None:
            raise failure(EBADF)
        file = table.get(fd)
        return self._file(), fd, file

    def poll(
        self, timeout: float | SupportsIndex | None = None, maxevents: SupportsIndex = -1
    ) -> list[tuple[int, int]]:
        """Wait for events on the epoll file descriptor.

        Returns a list containing any descriptors that have events to report,
        as (fd, events) 2-tuples."""
        if self._fd < 0:
            raise ValueError("I/O operation on closed epoll object")
        deadline = deadline_of(timeout, "timeout must be an integer or None")
        maxevents = index(maxevents)
        if maxevents == -1:
            maxevents = FD_SETSIZE - 1
        elif maxevents < 1:
            raise ValueError(f"maxevents must be greater than 0, got {maxevents}")
        file = self._file()
        with table.held(file):
            while not (found := file.collect(maxevents)):
                if is_over(deadline) or not until_changed(file, IN, deadline):
                    file.catch_up()
                    return file.collect(maxevents)
            return found

    def __enter__(self) -> Self:
        if self._fd < 0:
            raise ValueError("I/O operation on closed epoll object")
        return self

    def __exit__(
        self, exc_type: object = None, exc_value: object = None, exc_tb: object = None, /
    ) -> None:
        self.close()

    def __del__(self) -> None:
        fd = getattr(self, "_fd", -1)
        if fd >= 0 and isinstance(table.own(fd), Epoll):
            self.close()


def _mask(events: SupportsIndex) -> int:
    events = index(events)
    if events < -0x80000000 or events > _UNSIGNED:
        raise OverflowError("Python int too large to convert to C unsigned int")
    return events & _UNSIGNED


face.give(
    EPOLLIN=IN,
    EPOLLPRI=PRI,
    EPOLLOUT=OUT,
    EPOLLERR=ERR,
    EPOLLHUP=HUP,
    EPOLLRDNORM=RDNORM,
    EPOLLRDBAND=RDBAND,
    EPOLLWRNORM=WRNORM,
    EPOLLWRBAND=WRBAND,
    EPOLLMSG=MSG,
    EPOLLRDHUP=RDHUP,
    EPOLLEXCLUSIVE=EXCLUSIVE,
    EPOLLWAKEUP=WAKEUP,
    EPOLLONESHOT=ONESHOT,
    EPOLLET=ET,
    EPOLL_CLOEXEC=O_CLOEXEC,
)
