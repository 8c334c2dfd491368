"""What a socket's descriptor stands for: an open file of any family and type.

Invariant: nothing here blocks. `take` and `put` answer None where the caller would have to wait;
`accept` and `connect` raise BlockingIOError. An operation that a kind of socket does not have
fails as it does on Linux.
"""

from errno import EAGAIN, EINVAL, EOPNOTSUPP
from struct import pack

from ..files.open_file import OpenFile, failure

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..proc.door import Door
    from ..proc.wire import Wire
    from .ancillary import Ancillary

    #: An address as Python has it: a pair, a tuple of four, a path, None.
    type Address = Any
    type Data = bytes | memoryview


class Message:
    """What `recvmsg` tells: data, who sent it, flags, and what came beside the data."""

    __slots__ = ("address", "ancillary", "data", "flags")

    def __init__(
        self,
        data: bytes,
        address: Address = None,
        flags: int = 0,
        ancillary: Ancillary | None = None,
    ) -> None:
        self.data = data
        self.address = address
        self.flags = flags
        self.ancillary = ancillary


class SocketFile(OpenFile):
    """An open file that is a socket."""

    __slots__ = ("door", "error", "family", "options", "proto", "rcvbuf", "sndbuf", "type", "wire")

    mode = 0o140777
    label = "socket"
    #: Whether other processes accept from it, too.
    shared = False

    def __init__(self, family: int, type: int, proto: int) -> None:
        OpenFile.__init__(self)
        self.family = family
        self.type = type
        self.proto = proto
        #: The number of an error that is to be told once; 0 for none.
        self.error = 0
        #: What a program has set, by level and option.
        self.options: dict[tuple[int, int], Any] = {}
        #: How many bytes may stand on their way out of this socket, and how many in it.
        self.sndbuf = self.rcvbuf = 212992
        #: Where other processes have to do with it (`proc/`): the broker's half of its connection
        #: and of its name.
        self.wire: Wire | None = None
        self.door: Door | None = None

    @property
    def listening(self) -> bool:
        return False

    @property
    def connecting(self) -> bool:
        """Whether a `connect` is under way."""
        return False

    def take_error(self) -> int:
        error, self.error = self.error, 0
        return error

    def option(self, level: int, name: int) -> int:
        """What a program has set; 0 for nothing."""
        return self.options.get((level, name), 0)

    def credentials(self) -> bytes:
        """SO_PEERCRED: of nobody, where the other end is not of this machine for sure."""
        return pack("iII", 0, 0xFFFFFFFF, 0xFFFFFFFF)

    def take(self, size: int, flags: int) -> bytes | None:
        """At most `size` bytes of what has come; b"" at the end, None if nothing is there yet."""
        raise NotImplementedError

    def put(self, data: Data, flags: int) -> int | None:
        """Sends as much of `data` as there is room for; None if there is none."""
        raise NotImplementedError

    def take_message(self, size: int, flags: int, room: int) -> Message | None:
        """As `take`, with all that comes with the data; `room` for what comes beside it."""
        data = self.take(size, flags)
        return None if data is None else Message(data)

    def put_message(
        self, data: Data, flags: int, address: Address, ancillary: Ancillary | None
    ) -> int | None:
        """As `put`, to an address; the caller has checked that it is one of this family's."""
        return self.put(data, flags)

    def read(self, size: int) -> bytes:
        data = self.take(size, 0)
        if data is None:
            raise failure(EAGAIN)
        return data

    def write(self, data: Data) -> int:
        sent = self.put(data, 0)
        if sent is None:
            raise failure(EAGAIN)
        return sent

    def bind(self, address: Address) -> None:
        raise failure(EOPNOTSUPP)

    def connect(self, address: Address) -> None:
        """Connects, or begins to: then it raises the OSError of EINPROGRESS."""
        raise failure(EOPNOTSUPP)

    def listen(self, backlog: int) -> None:
        raise failure(EOPNOTSUPP)

    def accept(self) -> SocketFile:
        """The oldest connection that was not taken yet."""
        raise failure(EOPNOTSUPP)

    def accepts(self) -> None:
        """Raises unless it listens."""
        raise failure(EINVAL)

    def shutdown(self, receives: bool, sends: bool) -> None:
        """Ends the directions that are true."""
        raise failure(EOPNOTSUPP)

    def name(self) -> Address:
        """Its own address (getsockname)."""
        raise failure(EOPNOTSUPP)

    def peer_name(self) -> Address:
        """The address that it is connected to (getpeername)."""
        raise failure(EOPNOTSUPP)

    def accepted_from(self) -> Address:
        """The address of the client, for the end that `accept` gives."""
        return self.peer_name()

    def described(self) -> str:
        """Its own address in a report."""
        return str(self.name())

    def described_peer(self) -> str:
        """The address that it is connected to, or is connecting to, in a report."""
        return "anyone"
