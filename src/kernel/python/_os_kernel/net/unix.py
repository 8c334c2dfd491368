"""AF_UNIX: names, and connections that carry bytes or packets (net/unix/af_unix.c).

Invariant: what one end sends the other receives in order, until one of them shuts that direction.
Nothing here is subject to the conditions of a network: these sockets never leave a machine.
"""

from collections import deque
from errno import (
    EAGAIN,
    ECONNREFUSED,
    ECONNRESET,
    EINVAL,
    EISCONN,
    ENOTCONN,
    EPIPE,
    EPROTOTYPE,
)

from ..files.events import ANYTHING, ERR, HUP, PRI, RDBAND, RDHUP, READABLE, WRBAND, WRITABLE
from ..files.open_file import failure
from . import unix_names
from .ancillary import own_credentials
from .constants import AF_UNIX, SOCK_STREAM
from .kin import kin
from .socket_file import SocketFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .socket_file import Address, Data

#: What those who wait are told when something has come.
ARRIVED = READABLE | PRI | RDBAND


class UnixFile(SocketFile):
    """A socket of AF_UNIX: a subclass says how messages go; `put` and `take` are made of that."""

    __slots__ = ("bound", "owns")

    def __init__(self, type: int, proto: int = 0) -> None:
        SocketFile.__init__(self, AF_UNIX, type, proto)
        #: Its name; b"" if it has none.
        self.bound = b""
        #: Whether the name is its own, and not that of the socket that has accepted it.
        self.owns = False

    def bind(self, address: bytes) -> None:
        if self.bound:
            raise failure(EINVAL)
        self.bound = unix_names.bind(self, address)
        self.owns = True

    def unbind(self) -> None:
        if self.owns:
            unix_names.release(self, self.bound)

    def name(self) -> Address:
        return unix_names.told(self.bound)

    def described(self) -> str:
        return repr(self.name()) if self.bound else "a socket without a name"

    def put(self, data: Data, flags: int) -> int | None:
        return self.put_message(data, flags, None, None)

    def take(self, size: int, flags: int) -> bytes | None:
        message = self.take_message(size, flags, 0)
        if message is None:
            return None
        if message.ancillary is not None:
            message.ancillary.drop()
        return message.data

    def credentials(self) -> bytes:
        return own_credentials()


class UnixConnection(UnixFile):
    """A socket that connects: one end of a connection, one that listens, or neither yet."""

    __slots__ = (
        "_accepted",
        "_backlog",
        "_server",
        "_wanting",
        "paired",
        "peer",
        "receives",
        "remote",
        "sends",
    )

    def __init__(self, type: int, proto: int = 0) -> None:
        UnixFile.__init__(self, type, proto)
        #: The other end, until it is closed.
        self.peer: UnixConnection | None = None
        self.paired = False
        #: What the other end is called.
        self.remote = b""
        #: Whether more can come, and whether more can be sent.
        self.receives = self.sends = True
        #: Of one that listens: how many may wait, who does, and who finds no room. None otherwise.
        self._backlog: int | None = None
        self._accepted: deque[UnixConnection] = deque()
        self._wanting: list[UnixConnection] = []
        #: Where this one finds no room.
        self._server: UnixConnection | None = None

    # What the kinds differ in

    def queued(self) -> int:
        """How many bytes have come and were not taken."""
        raise NotImplementedError

    def drop(self) -> None:
        """Forgets what was not taken."""
        raise NotImplementedError

    def something(self) -> bool:
        """Whether there is something to take."""
        raise NotImplementedError

    # Connecting

    @property
    def listening(self) -> bool:
        return self._backlog is not None

    @property
    def connecting(self) -> bool:
        return self._server is not None and self._server.full

    @property
    def full(self) -> bool:
        return self._backlog is not None and len(self._accepted) > self._backlog

    def pair(self, peer: UnixConnection) -> None:
        self.peer, self.paired = peer, True

    def listen(self, backlog: int) -> None:
        if not self.bound or self.paired:
            raise failure(EINVAL)
        self._backlog = max(0, backlog)
        self._room_made()

    def accepts(self) -> None:
        if self._backlog is None:
            raise failure(EINVAL)

    def accept(self) -> UnixConnection:
        self.accepts()
        if not self._accepted:
            if not self.receives:
                raise failure(EINVAL)
            raise failure(EAGAIN)
        end = self._accepted.popleft()
        self._room_made()
        return end

    def _room_made(self) -> None:
        if self._wanting and not self.full:
            wanting, self._wanting = self._wanting, []
            for client in wanting:
                client._server = None
                client.changed(WRITABLE)

    def connect(self, address: bytes) -> None:
        server = unix_names.find(address)
        if isinstance(server, str):
            self._connect_elsewhere(server, address)
            return
        if server.type != self.type or not isinstance(server, UnixConnection):
            raise failure(EPROTOTYPE)
        if self.paired:
            raise failure(EISCONN)
        if self._backlog is not None:
            raise failure(EINVAL)
        if not server.listening or not server.receives:
            raise failure(ECONNREFUSED)
        if server.full:
            self._server = server
            server._wanting.append(self)
            raise failure(EAGAIN)
        end = type(self)(self.type, self.proto)
        end.sndbuf, end.rcvbuf = server.sndbuf, server.rcvbuf
        end.bound = server.bound
        end.remote, self.remote = self.bound, server.bound
        self.pair(end)
        end.pair(self)
        server._accepted.append(end)
        server.changed(READABLE)
        self.changed(ANYTHING)

    def _connect_elsewhere(self, key: str, address: bytes) -> None:
        """Connects to a socket of another process, or of several."""
        if self.paired:
            raise failure(EISCONN)
        if self._backlog is not None:
            raise failure(EINVAL)
        if self.type != SOCK_STREAM or kin.names is None:
            raise failure(ECONNREFUSED)
        kin.names.connect_unix(self, key)
        self.remote = address if address[:1] == b"\0" else address.partition(b"\0")[0]
        self.changed(ANYTHING)

    # Ready for what

    def poll(self) -> int:
        if self._backlog is not None:
            return READABLE if self._accepted else 0
        events = ERR if self.error else 0
        if not self.receives:
            events |= READABLE | RDHUP
            if not self.sends:
                events |= HUP
        if self.something():
            events |= READABLE
        if not self.paired:
            return events | WRITABLE | WRBAND | (HUP if self.type == SOCK_STREAM else 0)
        if self.peer is None or 4 * self.peer.queued() <= self.sndbuf:
            events |= WRITABLE | WRBAND
        return events

    def available(self) -> int:
        if self.listening:
            raise failure(EINVAL)
        return self.queued()

    def room_made(self) -> None:
        """Something was taken."""
        peer = self.peer
        if peer is not None and peer.watchers and 4 * self.queued() <= peer.sndbuf:
            peer.changed(WRITABLE | WRBAND)

    def checked_peer(self) -> UnixConnection:
        """The end to send to; an OSError if nothing can be sent."""
        if not self.paired:
            raise failure(ENOTCONN)
        if self.peer is None or not self.sends or not self.peer.receives:
            raise failure(self.take_error() or EPIPE)
        return self.peer

    # Ending

    def peer_name(self) -> Address:
        if not self.paired:
            raise failure(ENOTCONN)
        return unix_names.told(self.remote)

    def described_peer(self) -> str:
        return repr(unix_names.told(self.remote)) if self.remote else "the other end of a pair"

    def shutdown(self, receives: bool, sends: bool) -> None:
        peer = self.peer
        if receives:
            self.receives = False
        if sends:
            self.sends = False
        if peer is not None:
            peer.receives = peer.receives and not sends
            peer.sends = peer.sends and not receives
            peer.changed(ANYTHING)
        self.changed(ANYTHING)

    def released(self) -> None:
        if self.listening:
            self._backlog = None
            for end in self._accepted:
                end.reset()
            self._accepted.clear()
            self._room_made()
        self.unbind()
        peer, self.peer = self.peer, None
        if peer is not None:
            peer.hung_up(ECONNRESET if self.queued() else 0)
        self.drop()

    def reset(self) -> None:
        """It was never accepted."""
        peer, self.peer = self.peer, None
        if peer is not None:
            peer.hung_up(ECONNRESET)
        self.drop()

    def hung_up(self, error: int) -> None:
        """The other end was closed."""
        self.peer = None
        self.receives = self.sends = False
        self.error = self.error or error
        self.changed(ANYTHING)
