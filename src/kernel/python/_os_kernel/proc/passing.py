"""Open files that one process gives another: as descriptors of a new one, or beside bytes.

Invariant: what cannot be passed raises ENOSYS, and says what it is.
"""

import posix
from errno import ENOSYS
from fcntl import F_GETFL, fcntl

from ..files import table
from ..files.keyboard import KeyboardFile
from ..files.open_file import O_ACCMODE, O_RDONLY, OpenFile
from ..files.pipe import PipeEnd
from ..net.socket_file import SocketFile
from ..seam import late
from . import memory, shared_pipe

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from ..net.ancillary import Ancillary

_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2, "/dev/tty": 0}


def describe(file: OpenFile, fd: int) -> dict[str, Any]:
    """What another process is told of `file`, which stands at `fd` here, if anywhere."""
    if isinstance(file, KeyboardFile):
        return {"stream": 0}
    if isinstance(file, PipeEnd):
        pipe = file.pipe
        if not isinstance(pipe, shared_pipe.SharedPipe):
            pipe = shared_pipe.share(pipe)
        reads = file.flags & O_ACCMODE == O_RDONLY
        if reads:
            pipe.give_back()
        handle = pipe.reader if reads else pipe.writer
        return {"handle": handle, "flags": file.flags & O_ACCMODE}
    if isinstance(file, SocketFile):
        return _sockets().describe(file)
    if not isinstance(file, table.Foreign):
        raise OSError(ENOSYS, f"a page cannot pass descriptor {fd} to a process ({file.label})")
    path = posix.readlink(f"/proc/self/fd/{fd}")
    if path in _STREAMS or path.startswith("/dev/tty"):
        return {"stream": _STREAMS.get(path, 0)}
    flags = fcntl(fd, F_GETFL)
    position = 0 if path.startswith("/dev/") else posix.lseek(fd, 0, 1)
    fields = {"path": path, "flags": flags, "position": position, "open": file.identity}
    shared = memory.share(fd)
    if shared:
        fields["memory"] = shared
    return fields


def _sockets() -> ModuleType:
    return late.load("proc.passing_sockets")


def opened(given: dict[str, Any]) -> OpenFile:
    """The open file of a description with a handle."""
    if "socket" in given:
        return _sockets().opened(given)
    return shared_pipe.inherited(given["handle"], given["flags"])


def opened_path(given: dict[str, Any]) -> int:
    """A descriptor for a description with a path; -1 if it is gone."""
    path, flags = given["path"], given["flags"]
    if "memory" in given:
        fd = memory.inherited(given["memory"], path, flags)
    else:
        try:
            fd = posix.open(path, flags & ~0o1100)
        except OSError:
            # Each process has files of its own; one that was removed meanwhile is gone.
            return -1
    if given["position"]:
        posix.lseek(fd, given["position"], 0)
    return fd


def described(beside: Ancillary) -> list[dict[str, Any]]:
    """What another process is told of the open files that stand beside some bytes."""
    return [
        describe(table.get(right), right) if isinstance(right, int) else describe(right.file, -1)
        for right in beside.rights
    ]


def kept(passed: list[dict[str, Any]]) -> list[table.held | int]:
    """The open files of descriptions that came beside some bytes, held open."""
    rights: list[table.held | int] = []
    files: dict[int, OpenFile] = {}
    for given in passed:
        if "handle" in given:
            handle = given["handle"]
            if handle not in files:
                files[handle] = opened(given)
            held = table.held(files[handle])
            held.__enter__()
            rights.append(held)
        elif "stream" in given:
            rights.append(posix.dup(given["stream"]))
        elif (fd := opened_path(given)) >= 0:
            rights.append(fd)
    return rights
