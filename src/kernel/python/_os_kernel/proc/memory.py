"""Memory that processes share: what `_posixshmem` opens by name, and files that are mapped or have
no name any more, when another process is given their descriptor.

The bytes are the machine's (src/kernel/machine/shared-memory.ts). Invariant: all descriptors that
this process has of one object are of one file.
"""

import errno
import posix
from os import strerror

from .. import machine
from . import calls

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .calls import Message

_O_ACCMODE, _O_WRONLY, _O_CREAT, _O_EXCL, _O_TRUNC = 3, 1, 0o100, 0o200, 0o1000
_MOST_NAME = 255
_FOLDER = "/dev/shm/"


def _failed(name: str, path: str) -> OSError:
    number = getattr(errno, name)
    return OSError(number, strerror(number), path)


def _own_name(path: str) -> str:
    """As glibc has it: any slashes, and then a name without one."""
    if "\0" in path:
        raise ValueError("embedded null character")
    name = path.lstrip("/")
    if not name or "/" in name or name in (".", ".."):
        raise _failed("EINVAL", path)
    if len(name.encode("utf-8", "surrogateescape")) > _MOST_NAME:
        raise _failed("ENAMETOOLONG", path)
    return name


def shm_open(path: str, flags: int, mode: int) -> int:
    """A descriptor of the shared memory of a name."""
    name = _own_name(path)
    if flags & _O_ACCMODE == _O_WRONLY:
        # Of /dev/shm; nobody can map it.
        raise _failed("EINVAL", path)
    fields = {}
    if flags & _O_CREAT:
        fields["create"] = "new" if flags & _O_EXCL else "missing"
    fd = -1
    while fd < 0:
        answer = _opened(name, mode & 0o7777 & ~mask(), fields)
        error = getattr(answer, "error", None)
        if error is not None:
            raise _failed(error, path)
        # It is gone again if another thread has closed its last descriptor meanwhile.
        fd = machine.memory_open(answer.handle, _FOLDER + name, flags & _O_ACCMODE, True)
        # A second look must find what the first has made.
        fields.pop("create", None)
    if flags & _O_TRUNC:
        posix.ftruncate(fd, 0)
    return fd


def mask() -> int:
    """The umask of this process."""
    own = posix.umask(0)
    posix.umask(own)
    return own


def _opened(name: str, mode: int, fields: dict[str, str]) -> Message:
    handle = next(calls.handles)
    return calls.ask("memory.open", handle=handle, name=name, mode=mode, **fields)


def shm_unlink(path: str) -> None:
    """Takes the name away from its shared memory."""
    answer = calls.ask("memory.unlink", name=_own_name(path))
    error = getattr(answer, "error", None)
    if error is not None:
        raise _failed(error, path)


def share(fd: int) -> int:
    """The broker's name for the file behind `fd`, which is shared from now on.

    0 if another process finds it by its path, because it has one and is not mapped."""
    handle = machine.memory_share(fd, next(calls.handles))
    if handle is None:
        raise OSError(errno.ENOMEM, strerror(errno.ENOMEM))
    return handle


def inherited(handle: int, path: str, flags: int) -> int:
    """A descriptor of what this process was given when it began."""
    return machine.memory_open(handle, path, flags & _O_ACCMODE, False)
