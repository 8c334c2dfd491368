"""Sockets that one process gives another: what it says of them, and what is made of that.

Invariant: all that changes by itself (what has ended, who waits) is told by the broker, and none of
it stands in a description.
"""

from errno import ENOSYS

from ..files.open_file import O_NONBLOCK, O_RDWR
from ..net import page
from ..net.socket_file import SocketFile
from ..net.unix_stream import UnixStream
from ..seam import late
from . import shared_unix
from .door import Door
from .wire import Wire

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from .shared_tcp import SharedTcp
    from .shared_unix import SharedUnix


def _tcp() -> ModuleType:
    page.tcp()
    return late.load("proc.shared_tcp")


def describe(file: SocketFile) -> dict[str, Any]:
    """What another process is told of `file`."""
    told: dict[str, Any] = {
        "family": file.family,
        "type": file.type,
        "proto": file.proto,
        "sizes": [file.sndbuf, file.rcvbuf],
        "options": [[*key, value] for key, value in file.options.items() if isinstance(value, int)],
    }
    end: Any = file
    if isinstance(file, UnixStream):
        kind: Any = shared_unix
        connected = file.paired
        told["names"] = [file.bound.decode("latin-1"), file.remote.decode("latin-1")]
    elif page.loaded() and isinstance(file, page.tcp().TcpFile):
        kind = _tcp()
        connected = end.state == kind.CONNECTED or end.wire is not None
        told["names"] = [end.local, end.remote]
    else:
        raise _cannot(file)
    if connected:
        wire = kind.share(file)
        wire.give_back()
        handle = wire.handle
    elif file.listening and file.door is not None:
        end.pass_waiting()
        told["listens"] = end._backlog
        handle = file.door.handle
    else:
        raise _cannot(file)
    return {"handle": handle, "flags": O_RDWR | file.flags & O_NONBLOCK, "socket": told}


def _cannot(file: SocketFile) -> OSError:
    return OSError(
        ENOSYS,
        "a page can pass to a process only stream sockets that are connected or listen"
        f" ({file.described()})",
    )


def opened(given: dict[str, Any]) -> SharedUnix | SharedTcp:
    """The socket of a description."""
    told, handle = given["socket"], given["handle"]
    local, remote = told["names"]
    file: Any
    if isinstance(local, str):
        file = shared_unix.SharedUnix(told["type"], told["proto"])
        file.bound, file.remote = local.encode("latin-1"), remote.encode("latin-1")
    else:
        file = _tcp().SharedTcp(told["family"], told["type"], told["proto"])
        file.local, file.remote = tuple(local), tuple(remote)
    file.flags = given["flags"]
    file.sndbuf, file.rcvbuf = told["sizes"]
    file.options = {(level, name): value for level, name, value in told["options"]}
    if "listens" in told:
        file._backlog = told["listens"]
        file.door = Door(file, handle)
        file.door.shared = True
        if not isinstance(local, str):
            file.state = _tcp().LISTENING
            file.ports.adopt(file)
    elif isinstance(local, str):
        shared_unix.join(file, Wire(file, handle))
    else:
        file.ports.join(file, file.local[1])
        _tcp().join(file, Wire(file, handle))
    return file
