"""The functions of `posix` that reach the kernel's open files, and named pipes.

What is not here (`close`, `dup`, `fstat`, `lseek`, `set_blocking` …) is C's own, over the table
that the machine keeps.

Invariant: each checks its arguments and raises as Modules/posixmodule.c of 3.14 does.
"""

import errno
import posix
from operator import index
from os import fsencode

from .. import machine
from ..seam.declare import Face
from . import fifo, table, waiting
from .open_file import O_CLOEXEC, O_NONBLOCK, O_RDONLY, O_WRONLY, failure
from .pipe import Pipe

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Buffer
    from os import PathLike
    from typing import SupportsIndex

    from .open_file import OpenFile

face = Face("posix", also=("os",))
_native_read, _native_readinto, _native_write = posix.read, posix.readinto, posix.write
_O_DIRECT = 0o40000


def _pipe(flags: int, inheritable: bool) -> tuple[int, int]:
    pipe = Pipe()
    reader = table.open(pipe.end(O_RDONLY | flags), inheritable=inheritable)
    try:
        return reader, table.open(pipe.end(O_WRONLY | flags), inheritable=inheritable)
    except OSError:
        table.close(reader)
        raise


@face
def pipe() -> tuple[int, int]:
    """Create a pipe.

    Returns a tuple of two file descriptors:
      (read_fd, write_fd)"""
    return _pipe(0, False)


@face
def pipe2(flags: int, /) -> tuple[int, int]:
    """Create a pipe with flags set atomically.

    Returns a tuple of two file descriptors:
      (read_fd, write_fd)

    flags can be constructed by ORing together one or more of these values:
    O_NONBLOCK, O_CLOEXEC."""
    if not -0x80000000 <= flags <= 0x7FFFFFFF:
        raise OverflowError("Python int too large to convert to C int")
    if flags & ~(O_NONBLOCK | O_CLOEXEC | _O_DIRECT):
        raise failure(errno.EINVAL)
    return _pipe(flags & O_NONBLOCK, not flags & O_CLOEXEC)


def _told[Result: int | bytes](result: Result | OSError) -> Result:
    if isinstance(result, OSError):
        raise result
    return result


def _readable(fd: int) -> OpenFile | None:
    file = table.own(fd)
    if file is not None and file.flags & 3 == O_WRONLY:
        raise failure(errno.EBADF)
    return file


@face
def read(fd: SupportsIndex, length: SupportsIndex, /) -> bytes:
    """Read from a file descriptor.  Returns a bytes object."""
    fd, length = index(fd), index(length)
    file = _readable(fd)
    if file is None:
        return _native_read(fd, length)
    if length < 0:
        raise failure(errno.EINVAL)
    return _told(waiting.read(file, length)) if length else b""


@face
def readinto(fd: SupportsIndex, buffer: Buffer, /) -> int:
    """Read into a buffer object from a file descriptor.

    The buffer should be mutable and bytes-like. On success, returns the
    number of bytes read. Less bytes may be read than the size of the
    buffer. The underlying system call will be retried when interrupted by
    a signal, unless the signal handler raises an exception. Other errors
    will not be retried and an error will be raised."""
    fd = index(fd)
    file = _readable(fd)
    if file is None:
        return _native_readinto(fd, buffer)
    with memoryview(buffer).cast("B") as view:
        if view.readonly:
            raise TypeError("readinto() argument 2 must be read-write bytes-like object, not bytes")
        if not view:
            return 0
        data = _told(waiting.read(file, len(view)))
        view[: len(data)] = data
        return len(data)


@face
def write(fd: SupportsIndex, data: Buffer, /) -> int:
    """Write a bytes object to a file descriptor."""
    fd = index(fd)
    file = table.own(fd)
    if file is None:
        return _native_write(fd, data)
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    with memoryview(data) as view, view.cast("B") as octets:
        if file.flags & 3 == O_RDONLY:
            raise failure(errno.EBADF)
        return _told(waiting.write(file, octets)) if octets else 0


@face
def set_inheritable(fd: SupportsIndex, inheritable: bool, /) -> None:
    """Set the inheritable flag of the specified file descriptor."""
    import fcntl

    fcntl.fcntl(index(fd), fcntl.F_SETFD, 0 if inheritable else fcntl.FD_CLOEXEC)


@face
def mkfifo(
    path: str | bytes | PathLike[str] | PathLike[bytes],
    mode: int = 0o666,
    *,
    dir_fd: int | None = None,
) -> None:
    """Create a "fifo" (a POSIX named pipe).

    If dir_fd is not None, it should be a file descriptor open to a directory,
      and path should be relative; path will then be relative to that directory.
    dir_fd may not be implemented on your platform.
      If it is unavailable, using it will raise a NotImplementedError."""
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    name = fsencode(path).decode("utf-8", "surrogateescape")
    error = machine.fifo_make(name, mode, fifo.new())
    if error:
        number = getattr(errno, error)
        raise OSError(number, posix.strerror(number), path)
