"""`_socket` as far as waking a selector needs it: connected pairs. Networks come with the loopback.

Invariant: a socket object is a descriptor and a timeout, and nothing else; all the rest is kept
by the open file, so that `os.close`, `dup` and `detach` do what they do on Linux. A descriptor is
in blocking mode as long as its socket has no timeout.
"""

import _socket as native
import posix
from errno import EINVAL, ENETUNREACH, ENOTCONN, ENOTSOCK
from operator import index
from time import monotonic

from ..files import table, waiting
from ..files.events import IN, OUT
from ..files.open_file import O_NONBLOCK, failure
from ..seam.declare import Face
from .stream import SocketFile, StreamEnd

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


def _descriptor(fileno):
    fd = index(fileno)
    if fd < 0:
        raise ValueError("negative file descriptor")
    return fd


def _file(fd):
    file = table.get(fd)
    if not isinstance(file, SocketFile):
        raise failure(ENOTSOCK)
    return file


def _read(file, size):
    return file.read(size) if size else b""


def _write(file, data):
    return file.write(data) if data else 0


_default_timeout = None


@face.named("socket", "SocketType")
class socket:
    """socket(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None) -> socket object"""

    __slots__ = ("_family", "_fd", "_proto", "_timeout", "_type")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._fd = -1
        self._timeout = _default_timeout
        if fileno is None:
            family = native.AF_INET if family == -1 else family
            type = (native.SOCK_STREAM if type == -1 else type) & ~_FLAGS
            file = StreamEnd(family, type, 0 if proto == -1 else proto)
            self._fd = table.open(file)
        else:
            file = _file(_descriptor(fileno))
            self._fd = index(fileno)
        self._family = file.family if family == -1 else family
        self._type = file.type if type == -1 else type & ~_FLAGS
        self._proto = file.proto if proto == -1 else proto

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

    def _file(self):
        return _file(self._fd)

    def fileno(self):
        return self._fd

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            table.close(fd)

    def setblocking(self, flag, /):
        self._wait_at_most(None if flag else 0.0)

    def getblocking(self):
        return self._timeout != 0.0

    def settimeout(self, timeout, /):
        if timeout is not None and timeout < 0:
            raise ValueError("Timeout value out of range")
        self._wait_at_most(None if timeout is None else float(timeout))

    def _wait_at_most(self, timeout):
        flags = self._file().flags & ~O_NONBLOCK
        table.set_flags(self._fd, flags if timeout is None else flags | O_NONBLOCK)
        self._timeout = timeout

    def gettimeout(self):
        return self._timeout

    def _retry(self, events, operation, argument):
        """What `operation` of the open file gives; waits for `events` as long as it would block."""
        deadline = None if self._timeout is None else monotonic() + self._timeout
        file = self._file()
        with table.held(file):
            while True:
                try:
                    return operation(file, argument)
                except BlockingIOError:
                    if self._timeout == 0.0:
                        raise
                if not waiting.until_changed(file, events, deadline):
                    raise TimeoutError("timed out")

    def _send(self, data):
        if self._timeout is not None:
            return self._retry(OUT, _write, data)
        result = waiting.write(self._file(), data)
        if isinstance(result, OSError):
            raise result
        return result

    def send(self, data, flags=0, /):
        return self._send(memoryview(data).cast("B"))

    def sendall(self, data, flags=0, /):
        left = memoryview(data).cast("B")
        while left:
            left = left[self._send(left) :]

    def recv(self, size, flags=0, /):
        if size < 0:
            raise ValueError("negative buffersize in recv")
        return self._retry(IN, _read, size)

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast("B")
        data = self.recv(nbytes or len(view))
        view[: len(data)] = data
        return len(data)

    def shutdown(self, how, /):
        if how not in (_LINUX["SHUT_RD"], _LINUX["SHUT_WR"], _LINUX["SHUT_RDWR"]):
            raise failure(EINVAL)
        # So far every socket is a StreamEnd.
        stream = self._file()
        stream.shutdown(  # pyright: ignore[reportAttributeAccessIssue]
            how != _LINUX["SHUT_WR"], how != _LINUX["SHUT_RD"]
        )

    def _reach(self, address, /):
        self._file()
        raise failure(ENETUNREACH)

    bind = connect = _reach

    def getsockname(self):
        self._file()
        return ""

    def getpeername(self):
        if not self._file().connected:
            raise failure(ENOTCONN)
        return ""

    def setsockopt(self, level, option, value, length=0, /):
        self._file()

    def getsockopt(self, level, option, size=0, /):
        self._file()
        return 0

    def __repr__(self):
        fields = (
            f"fd={self.fileno()}, family={self._family}, type={self._type}, proto={self._proto}"
        )
        return f"<socket object, {fields}>"

    def __del__(self):
        if self._fd >= 0:
            from warnings import warn

            warn(f"unclosed {self!r}", ResourceWarning, stacklevel=1, source=self)
            try:
                self.close()
            except OSError:
                # Its descriptor was closed by another name, which C does not tell either.
                return


@face
def socketpair(family=AF_UNIX, type=native.SOCK_STREAM, proto=0, /):
    """Create a pair of socket objects that are connected to each other."""
    first, second = (StreamEnd(family, type & ~_FLAGS, proto) for _ in range(2))
    first.pair(second)
    second.pair(first)
    return tuple(socket(family, type, proto, table.open(end)) for end in (first, second))


@face
def dup(fd, /):
    """dup(integer) -> integer

    Duplicate an integer socket file descriptor.  This is like os.dup(), but for
    sockets; on some platforms os.dup() won't work for socket file descriptors."""
    return posix.dup(_descriptor(fd))


@face
def close(fd, /):
    """close(integer) -> None

    Close an integer socket file descriptor.  This is like os.close(), but for
    sockets; on some platforms os.close() won't work for socket file descriptors."""
    posix.close(_descriptor(fd))
