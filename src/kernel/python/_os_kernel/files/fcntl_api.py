"""The functions of `fcntl` that C cannot answer alone.

Flags, FD_CLOEXEC and F_DUPFD are C's own, over the machine's table. `lockf` is, too: its locks are
a process's, and one process never excludes itself.

Invariant: each raises as Modules/fcntlmodule.c of 3.14 does.
"""

import fcntl as native
from errno import EBADF, EINVAL
from operator import index
from struct import pack

from ..seam.declare import Face
from . import flock as locks
from . import table
from .open_file import failure
from .pipe import PAGE, PipeEnd

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Buffer
    from typing import SupportsIndex

    from .table import Numbered

face = Face("fcntl")
_native_fcntl, _native_ioctl, _native_lockf = native.fcntl, native.ioctl, native.lockf
#: Linux's numbers.
_F_SETPIPE_SZ, _F_GETPIPE_SZ, _FIONREAD = 1031, 1032, 0x541B
_O_ACCMODE, _O_RDONLY, _O_WRONLY = 3, 0, 1
face.give(
    F_SETPIPE_SZ=_F_SETPIPE_SZ, F_GETPIPE_SZ=_F_GETPIPE_SZ, F_DUPFD_CLOEXEC=1030, FD_CLOEXEC=1
)


@face
def fcntl(fd: Numbered, cmd: int, arg: int | Buffer | str = 0, /) -> int | bytes:
    """Perform the operation `cmd` on file descriptor fd."""
    fd = table.number(fd)
    if cmd not in (_F_GETPIPE_SZ, _F_SETPIPE_SZ):
        return _native_fcntl(fd, cmd, arg)
    file = table.get(fd)
    if not isinstance(file, PipeEnd):
        raise failure(EBADF)
    if cmd == _F_GETPIPE_SZ:
        return file.pipe.room * PAGE
    return file.pipe.resize(index(arg))  # pyright: ignore[reportArgumentType]: else it raises


@face
def ioctl(
    fd: Numbered, request: int, arg: int | Buffer | str = 0, mutate_flag: bool = True, /
) -> int | bytes:
    """Perform the operation request on file descriptor fd."""
    fd = table.number(fd)
    file = table.own(fd)
    if file is None or request != _FIONREAD:
        # Its stub tells the kinds of argument apart.
        return _native_ioctl(fd, request, arg, mutate_flag)  # pyright: ignore
    answer = pack("i", file.available())
    if isinstance(arg, int):
        # C would write to that address.
        raise failure(EINVAL)
    if isinstance(arg, (bytes, str)):
        given = arg.encode() if isinstance(arg, str) else arg
        return answer[: len(given)] + given[len(answer) :]
    view = memoryview(arg).cast("B")
    if view.readonly or not mutate_flag:
        return answer[: len(view)] + bytes(view[len(answer) :])
    view[: len(answer)] = answer[: len(view)]
    return 0


@face
def flock(fd: Numbered, operation: SupportsIndex, /) -> None:
    """Perform the lock operation `operation` on file descriptor fd."""
    locks.flock(table.number(fd), index(operation))


@face
def lockf(fd: Numbered, cmd: int, len: int = 0, start: int = 0, whence: int = 0, /) -> object:
    """A wrapper around the fcntl() locking calls."""
    fd = table.number(fd)
    result = _native_lockf(fd, cmd, len, start, whence)
    access = _native_fcntl(fd, native.F_GETFL) & _O_ACCMODE
    if (cmd & locks.LOCK_EX and access == _O_RDONLY) or (
        cmd & locks.LOCK_SH and access == _O_WRONLY
    ):
        raise failure(EBADF)
    return result
