"""Datagrams of AF_UNIX (SOCK_DGRAM): never lost, whole or cut off, in order.

Invariant: a socket keeps at most as many datagrams as Linux lets it; who would send one more waits.
"""

from collections import deque
from errno import ECONNREFUSED, EMSGSIZE, ENOTCONN, EOPNOTSUPP, EPERM, EPIPE, EPROTOTYPE

from ..files.events import ANYTHING, ERR, HUP, RDHUP, READABLE, WRBAND, WRITABLE
from ..files.open_file import failure
from . import unix_names
from .constants import MSG_OOB, MSG_PEEK, MSG_TRUNC, SOCK_DGRAM
from .socket_file import Message
from .unix import ARRIVED, UnixFile
from .unix_stream import with_credentials

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .ancillary import Ancillary
    from .socket_file import Address, Data

#: How many datagrams may wait (net.unix.max_dgram_qlen); one more gets in.
_MOST = 10


class UnixDatagram(UnixFile):
    """A socket for datagrams."""

    __slots__ = ("_datagrams", "_wanting", "closed", "peer", "receives", "sends")

    def __init__(self, type: int = SOCK_DGRAM, proto: int = 0) -> None:
        UnixFile.__init__(self, type, proto)
        self._datagrams: deque[tuple[bytes, bytes, Ancillary | None]] = deque()
        #: Who would send here and finds no room.
        self._wanting: dict[UnixDatagram, None] = {}
        self.peer: UnixDatagram | None = None
        self.closed = False
        self.receives = self.sends = True

    @property
    def full(self) -> bool:
        return len(self._datagrams) > _MOST

    def pair(self, peer: UnixDatagram) -> None:
        self.peer = peer

    def connect(self, address: bytes) -> None:
        self.peer = self._to(address)

    def _to(self, address: bytes) -> UnixDatagram:
        other = unix_names.find(address)
        if isinstance(other, str):
            # Datagrams stay in their process.
            raise failure(ECONNREFUSED)
        if not isinstance(other, UnixDatagram):
            raise failure(EPROTOTYPE)
        if other.peer is not None and other.peer is not self:
            raise failure(EPERM)
        return other

    def poll(self) -> int:
        events = ERR if self.error else 0
        if not self.receives:
            events |= READABLE | RDHUP
            if not self.sends:
                events |= HUP
        if self._datagrams:
            events |= READABLE
        peer = self.peer
        if peer is None or peer.closed or not peer.full:
            events |= WRITABLE | WRBAND
        else:
            peer._wanting[self] = None
        return events

    def available(self) -> int:
        return len(self._datagrams[0][0]) if self._datagrams else 0

    def put_message(
        self, data: Data, flags: int, address: Address, ancillary: Ancillary | None
    ) -> int | None:
        if flags & MSG_OOB:
            raise failure(EOPNOTSUPP)
        if len(data) > self.sndbuf - 32:
            raise failure(EMSGSIZE)
        peer = self.peer if address is None else self._to(address)
        if peer is None:
            raise failure(ENOTCONN)
        if peer.closed:
            if address is None:
                self.peer = None
            raise failure(ECONNREFUSED)
        if not self.sends or not peer.receives:
            raise failure(EPIPE)
        if peer.full:
            peer._wanting[self] = None
            return None
        peer._datagrams.append((bytes(data), self.bound, ancillary))
        peer.changed(ARRIVED)
        return len(data)

    def take_message(self, size: int, flags: int, room: int) -> Message | None:
        if flags & MSG_OOB:
            raise failure(EOPNOTSUPP)
        if not self._datagrams:
            if self.error:
                raise failure(self.take_error())
            return None if self.receives else Message(b"")
        data, sender, ancillary = self._datagrams[0]
        if flags & MSG_PEEK:
            ancillary = ancillary and ancillary.peeked()
        else:
            self._datagrams.popleft()
            self._room_made()
        told = MSG_TRUNC if len(data) > size else 0
        address = unix_names.told(sender) if sender else None
        return Message(data[:size], address, told, with_credentials(self, ancillary))

    def _room_made(self) -> None:
        if self._wanting and not self.full:
            wanting, self._wanting = self._wanting, {}
            for each in wanting:
                each.changed(WRITABLE | WRBAND)

    def peer_name(self) -> Address:
        if self.peer is None:
            raise failure(ENOTCONN)
        return unix_names.told(self.peer.bound)

    def described_peer(self) -> str:
        return "anyone" if self.peer is None else self.peer.described()

    def listen(self, backlog: int) -> None:
        raise failure(EOPNOTSUPP)

    def accepts(self) -> None:
        raise failure(EOPNOTSUPP)

    def shutdown(self, receives: bool, sends: bool) -> None:
        if receives:
            self.receives = False
        if sends:
            self.sends = False
        self.changed(ANYTHING)

    def released(self) -> None:
        self.unbind()
        self.closed = True
        for _, _, ancillary in self._datagrams:
            if ancillary is not None:
                ancillary.drop()
        self._datagrams.clear()
        self._room_made()
        peer = self.peer
        if peer is not None and peer.peer is self:
            # It finds out when it sends.
            peer.changed(ANYTHING)
