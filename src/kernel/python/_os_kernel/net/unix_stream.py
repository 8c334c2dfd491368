"""Connections of AF_UNIX that carry bytes, and those that carry packets (SOCK_SEQPACKET).

Invariant: what stands beside some bytes comes with the first of them, and no call takes bytes that
were sent after those as well.
"""

from collections import deque
from errno import EINVAL, EISCONN, EMSGSIZE, ENOTCONN, EOPNOTSUPP

from ..files.open_file import failure
from .ancillary import Ancillary, own_credentials
from .byte_queue import ByteQueue
from .constants import (
    MSG_OOB,
    MSG_PEEK,
    MSG_TRUNC,
    SO_PASSCRED,
    SOCK_SEQPACKET,
    SOCK_STREAM,
    SOL_SOCKET,
)
from .socket_file import Message
from .unix import ARRIVED, UnixConnection, UnixFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .socket_file import Address, Data


class UnixStream(UnixConnection):
    """One end of a connection that carries bytes in order, or a socket that may become one."""

    __slots__ = ("_marks", "incoming")

    def __init__(self, type: int = SOCK_STREAM, proto: int = 0) -> None:
        UnixConnection.__init__(self, type, proto)
        self.incoming = ByteQueue()
        #: What came beside bytes: between which numbers of bytes those stand, and what it is.
        self._marks: deque[tuple[int, int, Ancillary]] = deque()

    def queued(self) -> int:
        return self.incoming.size

    def something(self) -> bool:
        return self.incoming.size > 0

    def drop(self) -> None:
        self.incoming.clear()
        for _, _, ancillary in self._marks:
            ancillary.drop()
        self._marks.clear()

    def put_message(
        self, data: Data, flags: int, address: Address, ancillary: Ancillary | None
    ) -> int | None:
        if flags & MSG_OOB:
            raise failure(EOPNOTSUPP)
        if address is not None:
            raise failure(EISCONN if self.paired else EOPNOTSUPP)
        peer = self.checked_peer()
        assert isinstance(peer, UnixStream)
        incoming = peer.incoming
        size = len(data)
        if not size:
            return 0
        room = self.sndbuf - incoming.size
        if room <= 0:
            return None
        if ancillary is not None:
            start = incoming.taken + incoming.size
            peer._marks.append((start, start + min(size, room), ancillary))
        incoming.append(data if type(data) is bytes and size <= room else bytes(data[:room]))
        if peer.watchers:
            peer.changed(ARRIVED)
        return min(size, room)

    def take(self, size: int, flags: int) -> bytes | None:
        if self._marks:
            return UnixConnection.take(self, size, flags)
        incoming = self.incoming
        if not incoming.size or flags:
            if flags & MSG_OOB:
                raise failure(EOPNOTSUPP if self.type != SOCK_STREAM else EINVAL)
            if not incoming.size:
                return self.nothing_to_take()
            if flags & MSG_PEEK:
                return incoming.peek(size)
        data = incoming.take(size)
        self.room_made()
        return data

    def nothing_to_take(self) -> bytes | None:
        if not self.paired:
            raise failure(EINVAL)
        if self.error:
            raise failure(self.take_error())
        return None if self.receives else b""

    def take_message(self, size: int, flags: int, room: int) -> Message | None:
        incoming, marks = self.incoming, self._marks
        if not incoming.size:
            data = self.nothing_to_take()
            return None if data is None else Message(data)
        peeks = bool(flags & MSG_PEEK)
        ancillary = None
        if marks and marks[0][0] < incoming.taken + size:
            _, end, beside = marks[0]
            size = min(size, end - incoming.taken)
            ancillary = beside.peeked() if peeks else beside
            if not peeks:
                marks.popleft()
        if peeks:
            data = incoming.peek(size)
        else:
            data = incoming.take(size)
            self.room_made()
        return Message(data, None, 0, with_credentials(self, ancillary))


class UnixPackets(UnixConnection):
    """As `UnixStream`, with packets: each call takes one, whole or cut off."""

    __slots__ = ("_packets", "_size")

    def __init__(self, type: int = SOCK_SEQPACKET, proto: int = 0) -> None:
        UnixConnection.__init__(self, type, proto)
        self._packets: deque[tuple[bytes, Ancillary | None]] = deque()
        self._size = 0

    def queued(self) -> int:
        return self._size

    def something(self) -> bool:
        return bool(self._packets)

    def drop(self) -> None:
        for _, ancillary in self._packets:
            if ancillary is not None:
                ancillary.drop()
        self._packets.clear()
        self._size = 0

    def available(self) -> int:
        return len(self._packets[0][0]) if self._packets else 0

    def put_message(
        self, data: Data, flags: int, address: Address, ancillary: Ancillary | None
    ) -> int | None:
        if flags & MSG_OOB:
            raise failure(EOPNOTSUPP)
        peer = self.checked_peer()
        assert isinstance(peer, UnixPackets)
        if len(data) > self.sndbuf:
            raise failure(EMSGSIZE)
        if peer._size and peer._size + len(data) > self.sndbuf:
            return None
        peer._packets.append((bytes(data), ancillary))
        peer._size += len(data)
        peer.changed(ARRIVED)
        return len(data)

    def take_message(self, size: int, flags: int, room: int) -> Message | None:
        if flags & MSG_OOB:
            raise failure(EOPNOTSUPP)
        if not self._packets:
            if self.error:
                raise failure(self.take_error())
            if not self.paired:
                raise failure(ENOTCONN)
            return None if self.receives else Message(b"")
        data, ancillary = self._packets[0]
        if flags & MSG_PEEK:
            ancillary = ancillary and ancillary.peeked()
        else:
            self._packets.popleft()
            self._size -= len(data)
            self.room_made()
        told = MSG_TRUNC if len(data) > size else 0
        return Message(data[:size], None, told, with_credentials(self, ancillary))


def with_credentials(file: UnixFile, ancillary: Ancillary | None) -> Ancillary | None:
    """What `file` is told beside the data: credentials only if it has asked for them."""
    if not file.option(SOL_SOCKET, SO_PASSCRED):
        if ancillary is not None:
            ancillary.credentials = None
        return ancillary
    ancillary = ancillary or Ancillary([])
    ancillary.credentials = own_credentials()
    return ancillary
