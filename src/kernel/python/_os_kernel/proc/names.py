"""Names of sockets among processes: who may bind to one, and who listens there.

The broker decides between processes what `net/ports.py` and `net/unix_names.py` decide inside one.
Invariant: from `begin` on, it knows of every socket of this process that has a name.
"""

import errno

from ..files.open_file import failure
from ..net import page, unix_names
from ..net.constants import IPPROTO_IPV6, IPV6_V6ONLY, SO_REUSEADDR, SO_REUSEPORT, SOL_SOCKET
from ..net.kin import FIRST, LAST, kin
from ..net.unix_stream import UnixStream
from ..seam import late
from . import calls, shared_unix
from .door import Door
from .wire import Wire

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    from ..net.socket_file import SocketFile
    from ..net.tcp import TcpFile
    from ..net.unix import UnixConnection, UnixFile

#: Processes among which the ports are divided that are given to who asks for none.
_SHARES = 32


def begin(share: int) -> None:
    """There are relatives from now on; what has a name is told to the broker."""
    import sys

    if kin.names is not None:
        return
    kin.names = sys.modules[__name__]
    size = (LAST + 1 - FIRST) // _SHARES
    first = FIRST + size * (share % _SHARES)
    kin.ports = (first, first + size - 1)
    for key, file in unix_names.named():
        bind_unix(file, key)
        if file.listening and file.door is not None:
            file.door.listen(file._backlog)  # pyright: ignore
    if page.loaded():
        for file in page.tcp().TcpFile.ports.users():
            if file.state in (_tcp().CLOSED, _tcp().LISTENING):
                door = _published(_tcp().become(file))
                calls.request(_nothing, "socket.bind", **_asked(file, door))
                if file.listening:
                    door.listen(file._backlog)


def _nothing(message: calls.Message) -> None:
    """It was alone: nobody can have had the name before."""


def _tcp() -> ModuleType:
    page.tcp()
    return late.load("proc.shared_tcp")


def _published(file: SocketFile) -> Door:
    door = file.door = Door(file)
    return door


def _asked(file: TcpFile, door: Door) -> dict[str, object]:
    options = file.options
    sharing = {
        "onlyV6": bool(options.get((IPPROTO_IPV6, IPV6_V6ONLY))),
        "address": bool(options.get((SOL_SOCKET, SO_REUSEADDR))),
        "port": bool(options.get((SOL_SOCKET, SO_REUSEPORT))),
    }
    host, port = file.local
    return {"handle": door.handle, "name": {"host": host, "port": port}, "sharing": sharing}


def bind_unix(file: UnixFile, key: str) -> None:
    """`file` takes a name; an OSError if another process has it."""
    if not isinstance(file, UnixStream):
        return
    door = _published(shared_unix.become(file))
    sharing = {"onlyV6": False, "address": False, "port": False}
    fields = {"handle": door.handle, "name": {"key": key}, "sharing": sharing}
    if key[0] != "@":
        # No other can have that number.
        calls.request(_nothing, "socket.bind", **fields)
    elif (error := getattr(calls.ask("socket.bind", **fields), "error", None)) is not None:
        door.forget()
        file.door = None
        raise failure(getattr(errno, error))


def bind_tcp(file: TcpFile) -> bool:
    """Whether `file` may have the port that it has taken in this process."""
    door = _published(_tcp().become(file))
    if getattr(calls.ask("socket.bind", **_asked(file, door)), "error", None) is None:
        return True
    door.forget()
    file.door = None
    return False


def connect_unix(client: UnixConnection, key: str) -> None:
    """Connects `client` to the socket of that name, or raises what Linux does."""
    assert isinstance(client, UnixStream)
    near = shared_unix.become(client)
    wire = Wire(near)
    answer = calls.ask(
        "socket.connect",
        handle=wire.handle,
        to={"key": key},
        wait=not near.nonblocking,
        **{"from": {"key": near.bound.decode("latin-1")} if near.bound else None},
    )
    error = getattr(answer, "error", None)
    if error is not None:
        wire.forget()
        raise failure(getattr(errno, error))
    shared_unix.join(near, wire)


def connect_tcp(client: TcpFile) -> None:
    _tcp().connect(client)
