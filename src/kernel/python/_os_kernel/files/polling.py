"""`select`.

Invariant: each function waits by `descriptors.wait` alone, so that it blocks the calling thread
and no other.
"""

import select as native
from math import ceil
from time import monotonic

from ..seam.declare import Face
from . import descriptors
from .descriptors import ERR, HUP, IN, NVAL, OUT, number

face = Face("select", base=native)

EPOLLET, EPOLLONESHOT = 1 << 31, 1 << 30


def _deadline(timeout):
    return None if timeout is None else monotonic() + timeout


@face
def select(rlist, wlist, xlist, timeout=None, /):
    """Wait until one or more file descriptors are ready for some kind of I/O."""
    if timeout is not None:
        try:
            timeout = float(timeout)
        except TypeError:
            raise TypeError("timeout must be a float or None") from None
        if timeout != timeout:
            raise ValueError("Invalid value NaN (not a number)")
        if timeout < 0:
            raise ValueError("timeout must be non-negative")
    lists = []
    masks = {}
    for files, mask in ((rlist, IN), (wlist, OUT), (xlist, 0)):
        try:
            pairs = [(number(file), file) for file in list(files)]
        except TypeError as error:
            if hasattr(files, "__iter__"):
                raise
            raise TypeError("arguments 1-3 must be sequences") from error
        lists.append(pairs)
        for fd, _ in pairs:
            masks[fd] = masks.get(fd, 0) | mask
    found = dict(descriptors.wait(list(masks.items()), _deadline(timeout)))
    if any(events & NVAL for events in found.values()):
        raise OSError(9, "Bad file descriptor")
    conditions = (IN | HUP | ERR, OUT | ERR, 0)
    return tuple(
        [file for fd, file in pairs if found.get(fd, 0) & condition]
        for pairs, condition in zip(lists, conditions, strict=True)
    )


def _milliseconds(timeout):
    if timeout is None:
        return None
    if not isinstance(timeout, (int, float)):
        raise TypeError("timeout must be an integer or None")
    return None if timeout < 0 else ceil(timeout) / 1000


@face
class poll:
    """What `select.poll()` returns."""

    def __init__(self):
        self._masks = {}

    def register(self, fd, eventmask=native.POLLIN | native.POLLPRI | native.POLLOUT, /):
        if not 0 <= eventmask <= 0xFFFF:
            raise (ValueError if eventmask < 0 else OverflowError)("event mask out of range")
        self._masks[number(fd)] = eventmask

    def modify(self, fd, eventmask, /):
        fd = number(fd)
        if fd not in self._masks:
            raise FileNotFoundError(2, "No such file or directory")
        self._masks[fd] = eventmask

    def unregister(self, fd, /):
        del self._masks[number(fd)]

    def poll(self, timeout=None, /):
        timeout = _milliseconds(timeout)
        return descriptors.wait(list(self._masks.items()), _deadline(timeout))


@face
class epoll:
    """What `select.epoll()` returns."""

    def __init__(self, sizehint=-1, flags=0):
        if sizehint != -1 and sizehint <= 0:
            raise ValueError("sizehint must be positive or -1")
        self._set = _Interest()

    @classmethod
    def fromfd(cls, fd, /):
        self = cls.__new__(cls)
        self._set = descriptors.table[fd]
        return self

    def _open(self):
        if self._set is None:
            raise ValueError("I/O operation on closed epoll object")
        return self._set

    @property
    def closed(self):
        return self._set is None

    def close(self):
        if self._set is not None:
            self._set.free()
            self._set = None

    def fileno(self):
        return self._open().fd

    def register(self, fd, eventmask=IN | OUT | native.POLLPRI):
        interest, fd = self._open(), number(fd)
        if fd in interest.masks:
            raise FileExistsError(17, "File exists")
        if fd not in descriptors.table and descriptors.ready(fd, 0) & NVAL:
            raise OSError(9, "Bad file descriptor")
        interest.masks[fd] = eventmask
        interest.changed()

    def modify(self, fd, eventmask):
        interest, fd = self._open(), number(fd)
        if fd not in interest.masks:
            raise FileNotFoundError(2, "No such file or directory")
        interest.masks[fd] = eventmask
        interest.changed()

    def unregister(self, fd):
        interest, fd = self._open(), number(fd)
        if fd not in interest.masks:
            raise FileNotFoundError(2, "No such file or directory")
        del interest.masks[fd]

    def poll(self, timeout=None, maxevents=-1):
        interest = self._open()
        if maxevents == 0 or maxevents < -1:
            raise ValueError(f"maxevents must be greater than 0, got {maxevents}")
        deadline = None if timeout is None or timeout < 0 else monotonic() + timeout
        while True:
            found = descriptors.wait(list(interest.masks.items()), deadline, (interest.waits,))
            if found or deadline is None or monotonic() >= deadline:
                break
        for fd, _ in found:
            if interest.masks.get(fd, 0) & EPOLLONESHOT:
                interest.masks[fd] = 0
        return found if maxevents == -1 else found[:maxevents]

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *exc_info):
        self.close()


class _Interest(descriptors.Endpoint):
    """The kernel's side of an epoll: what it watches."""

    __slots__ = ("masks",)

    def __init__(self):
        descriptors.Endpoint.__init__(self)
        self.masks = {}

    def poll(self):
        return IN if any(descriptors.ready(fd, mask) for fd, mask in self.masks.items()) else 0


face.give(
    EPOLLIN=1,
    EPOLLPRI=2,
    EPOLLOUT=4,
    EPOLLERR=8,
    EPOLLHUP=16,
    EPOLLRDNORM=64,
    EPOLLRDBAND=128,
    EPOLLWRNORM=256,
    EPOLLWRBAND=512,
    EPOLLMSG=1024,
    EPOLLRDHUP=0x2000,
    EPOLLEXCLUSIVE=1 << 28,
    EPOLLWAKEUP=1 << 29,
    EPOLLONESHOT=EPOLLONESHOT,
    EPOLLET=EPOLLET,
    EPOLL_CLOEXEC=0x80000,
)
