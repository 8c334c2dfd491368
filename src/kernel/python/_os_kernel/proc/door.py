"""What this process knows of a socket's name that others may know, too, and of who waits there.

Invariant: the name stays taken until every process has closed the socket.
"""

from ..files.events import ANYTHING
from . import calls, shared_pipe

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..net.socket_file import SocketFile
    from .calls import Message

_doors: dict[int, Door] = {}


class Door:
    """The broker's half of a bound socket."""

    __slots__ = ("file", "handle", "shared", "waiting")

    def __init__(self, file: SocketFile, handle: int | None = None) -> None:
        self.file = file
        self.handle = next(calls.handles) if handle is None else handle
        #: How many connections wait at the broker, and whether others may take them.
        self.waiting = 0
        self.shared = False
        _doors[self.handle] = self
        if handle is not None:
            shared_pipe.replay(handle)

    def listen(self, backlog: int | None) -> None:
        calls.tell("socket.listen", handle=self.handle, backlog=backlog)

    def close(self) -> None:
        calls.tell("handle.close", handle=self.handle)
        self.forget()

    def forget(self) -> None:
        _doors.pop(self.handle, None)


def _heard(message: Message) -> None:
    door = _doors.get(message.handle)
    if door is None:
        shared_pipe.early(message)
        return
    door.waiting, door.shared = message.waiting, message.shared
    if door.waiting:
        door.file.changed(ANYTHING)


calls.heard["socket.waiting"] = _heard
