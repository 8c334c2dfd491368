"""`_socket` as far as waking a selector needs it: connected pairs. Networks come with the loopback.

Invariant: what one end sends the other receives in order; a full or empty buffer blocks the
calling thread alone; a descriptor is in blocking mode as long as its socket has no timeout.
"""

import _socket as native
import posix
from errno import EAGAIN, EBADF, ENETUNREACH, ENOTCONN, EPIPE
from os import strerror
from time import monotonic

from ..files.descriptors import HUP, IN, OUT, Endpoint, wait
from ..seam.declare import Face

CAPACITY = 1 << 18
#: Linux's numbers, where Emscripten has none.
_LINUX = {
    "AF_UNIX": 1,
    "SOCK_NONBLOCK": 0o4000,
    "SOCK_CLOEXEC": 0o2000000,
    "SHUT_RD": 0,
    "SHUT_WR": 1,
    "SHUT_RDWR": 2,
}
face = Face("_socket", base=native)
face.give(**{name: number for name, number in _LINUX.items() if not hasattr(native, name)})
_FLAGS = _LINUX["SOCK_NONBLOCK"] | _LINUX["SOCK_CLOEXEC"]
AF_UNIX = _LINUX["AF_UNIX"]


def _error(number):
    return OSError(number, strerror(number))


class _End(Endpoint):
    """One end of a pair, or an end that is connected to nothing."""

    __slots__ = ("buffer", "ended", "paired", "peer")

    def __init__(self):
        Endpoint.__init__(self)
        self.buffer = bytearray()
        self.peer = None
        self.ended = self.paired = False

    def pair(self, peer):
        self.peer, self.paired = peer, True

    def poll(self):
        events = IN if self.buffer or self.ended or self.peer is None else 0
        if self.peer is None:
            return events | OUT | HUP
        return events | OUT if len(self.peer.buffer) < CAPACITY else events

    def write(self, data):
        peer = self.peer
        if peer is None or peer.ended:
            raise _error(EPIPE)
        room = CAPACITY - len(peer.buffer)
        if room <= 0:
            raise _error(EAGAIN)
        sent = bytes(data[:room])
        peer.buffer += sent
        peer.changed()
        return len(sent)

    def read(self, size):
        if not self.paired:
            raise _error(ENOTCONN)
        if not self.buffer and not self.ended and self.peer is not None:
            raise _error(EAGAIN)
        taken = bytes(self.buffer[:size])
        del self.buffer[:size]
        if self.peer is not None:
            self.peer.changed()
        return taken

    def close(self):
        peer, self.peer = self.peer, None
        self.free()
        if peer is not None:
            peer.peer = None
            peer.changed()


_default_timeout = None


@face.named("socket", "SocketType")
class socket:
    """socket(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None) -> socket object"""

    __slots__ = ("_end", "_family", "_proto", "_timeout", "_type")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        from ..files.descriptors import table

        self._end = None
        self._timeout = _default_timeout
        end = _End() if fileno is None else table.get(fileno)
        if not isinstance(end, _End):
            raise _error(EBADF)
        self._end = end
        if family == -1:
            family = native.AF_INET if fileno is None else AF_UNIX
        self._family = family
        self._type = (native.SOCK_STREAM if type == -1 else type) & ~_FLAGS
        self._proto = 0 if proto == -1 else proto

    @property
    def family(self):
        return self._family

    @property
    def type(self):
        return self._type

    @property
    def proto(self):
        return self._proto

    @property
    def timeout(self):
        return self._timeout

    def _open(self):
        if self._end is None:
            raise _error(EBADF)
        return self._end

    def fileno(self):
        return -1 if self._end is None else self._end.fd

    def detach(self):
        fd = self.fileno()
        self._end = None
        return fd

    def close(self):
        end, self._end = self._end, None
        if end is not None:
            end.close()

    def setblocking(self, flag, /):
        self._wait_at_most(None if flag else 0.0)

    def getblocking(self):
        return self._timeout != 0.0

    def settimeout(self, timeout, /):
        if timeout is not None and timeout < 0:
            raise ValueError("Timeout value out of range")
        self._wait_at_most(None if timeout is None else float(timeout))

    def _wait_at_most(self, timeout):
        posix.set_blocking(self._open().fd, timeout is None)
        self._timeout = timeout

    def gettimeout(self):
        return self._timeout

    def _retry(self, event, operation, argument):
        end = self._open()
        deadline = None if self._timeout is None else monotonic() + self._timeout
        while True:
            try:
                return operation(argument)
            except BlockingIOError:
                if self._timeout == 0.0:
                    raise
            if not wait([(end.fd, event)], deadline):
                raise TimeoutError("timed out")

    def send(self, data, flags=0, /):
        return self._retry(OUT, self._open().write, memoryview(data).cast("B"))

    def sendall(self, data, flags=0, /):
        left = memoryview(data).cast("B")
        while left:
            left = left[self._retry(OUT, self._open().write, left) :]

    def recv(self, size, flags=0, /):
        if size < 0:
            raise ValueError("negative buffersize in recv")
        return self._retry(IN, self._open().read, size)

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast("B")
        data = self.recv(nbytes or len(view))
        view[: len(data)] = data
        return len(data)

    def shutdown(self, how, /):
        end = self._open()
        if end.peer is None:
            raise _error(ENOTCONN)
        if how in (_LINUX["SHUT_WR"], _LINUX["SHUT_RDWR"]):
            end.peer.ended = True
            end.peer.changed()
        if how in (_LINUX["SHUT_RD"], _LINUX["SHUT_RDWR"]):
            end.ended = True
            end.changed()

    def _reach(self, address, /):
        self._open()
        raise _error(ENETUNREACH)

    bind = connect = _reach

    def getsockname(self):
        self._open()
        return ""

    def getpeername(self):
        if self._open().peer is None:
            raise _error(ENOTCONN)
        return ""

    def setsockopt(self, level, option, value, length=0, /):
        self._open()

    def getsockopt(self, level, option, size=0, /):
        self._open()
        return 0

    def __repr__(self):
        fields = (
            f"fd={self.fileno()}, family={self._family}, type={self._type}, proto={self._proto}"
        )
        return f"<socket object, {fields}>"

    def __del__(self):
        end = self._end
        if end is not None:
            from warnings import warn

            warn(f"unclosed {self!r}", ResourceWarning, stacklevel=1, source=self)
            self.close()


@face
def socketpair(family=AF_UNIX, type=native.SOCK_STREAM, proto=0, /):
    """Create a pair of socket objects that are connected to each other."""
    first, second = _End(), _End()
    first.pair(second)
    second.pair(first)
    return tuple(socket(family, type, proto, end.fd) for end in (first, second))
