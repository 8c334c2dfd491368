"""UDP: datagrams between sockets of this machine.

Invariant: a datagram arrives whole, once and in order, or not at all; it is lost where its receiver
has no room left, and where the conditions of the network say so.
"""

from collections import deque
from errno import (
    EACCES,
    ECONNREFUSED,
    EDESTADDRREQ,
    EINVAL,
    EMSGSIZE,
    ENETUNREACH,
    ENOTCONN,
    EOPNOTSUPP,
    EPIPE,
)
from struct import pack, unpack

from ..files.events import ANYTHING, ERR, HUP, PRI, RDBAND, RDHUP, READABLE, WRBAND, WRITABLE
from ..files.open_file import failure
from . import addresses, ports
from .addresses import BROADCAST
from .ancillary import Ancillary
from .conditions import Link, network
from .constants import (
    AF_INET,
    AF_INET6,
    IPPROTO_IP,
    IPPROTO_IPV6,
    MSG_MORE,
    MSG_OOB,
    MSG_PEEK,
    MSG_TRUNC,
    SO_BROADCAST,
    SOL_SOCKET,
)
from .inet import InetFile
from .socket_file import Message

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .addresses import Name
    from .ancillary import Item
    from .socket_file import Data

#: The longest datagram.
_LARGEST = 65507
#: What Linux keeps of each datagram beside its bytes, counted into the buffer.
_OVERHEAD = 768
_IP_TOS, _IP_TTL, _IP_PKTINFO, _IP_RECVTTL, _IP_RECVTOS = 1, 2, 8, 12, 13
_IPV6_RECVPKTINFO, _IPV6_PKTINFO, _IPV6_RECVHOPLIMIT, _IPV6_HOPLIMIT = 49, 50, 51, 52
_IPV6_RECVTCLASS, _IPV6_TCLASS, _IPV6_UNICAST_HOPS = 66, 67, 16
_HOPS = 64
_LOOPBACK_INTERFACE = 1


class _Datagram:
    """One datagram, with what its receiver may ask about it."""

    __slots__ = ("data", "hops", "sender", "target", "tos")

    def __init__(self, data: bytes, sender: Name, target: str, hops: int, tos: int) -> None:
        self.data = data
        self.sender = sender
        self.target = target
        self.hops = hops
        self.tos = tos


class UdpFile(InetFile):
    """A socket of UDP."""

    __slots__ = ("_begun", "_datagrams", "_link", "_size", "_target", "receives", "sends")
    ports = ports.udp

    def __init__(self, family: int, type: int, proto: int) -> None:
        InetFile.__init__(self, family, type, proto)
        self._datagrams: deque[_Datagram] = deque()
        #: What counts into the buffer.
        self._size = 0
        #: The host that `remote` stands for.
        self._target = ""
        self._link: Link | None = None
        #: A datagram that is not complete (MSG_MORE): what there is of it, and where it goes.
        self._begun: tuple[bytes, Name, dict[tuple[int, int], bytes]] | None = None
        self.receives = self.sends = True

    def poll(self) -> int:
        events = WRITABLE | WRBAND
        if self.error:
            events |= ERR
        if not self.receives:
            events |= READABLE | RDHUP
            if not self.sends:
                events |= HUP
        if self._datagrams:
            events |= READABLE
        return events

    def available(self) -> int:
        return len(self._datagrams[0].data) if self._datagrams else 0

    def connect(self, address: Name) -> None:
        host, port = address
        self._target = self._reached(host)
        self.remote = (self._target, port)
        self.bind_anywhere()
        if addresses.is_any(self.local[0]):
            self.local = (addresses.source(self._target), self.local[1])

    def _reached(self, host: str) -> str:
        if host == BROADCAST:
            raise failure(ENETUNREACH if self.option(SOL_SOCKET, SO_BROADCAST) else EACCES)
        return addresses.to_reach(self.family, host, self.only_v6)

    def put(self, data: Data, flags: int) -> int | None:
        return self.put_message(data, flags, None, None)

    def put_message(
        self, data: Data, flags: int, address: Name | None, ancillary: Ancillary | None
    ) -> int | None:
        if len(data) > _LARGEST:
            raise failure(EMSGSIZE)
        if flags & MSG_OOB:
            raise failure(EOPNOTSUPP)
        if address is None:
            if not self.remote[1]:
                raise failure(EDESTADDRREQ)
            target = self.remote
        else:
            if not address[1]:
                raise failure(EINVAL)
            target = (self._reached(address[0]), address[1])
        if not self.sends:
            raise failure(EPIPE)
        if self.error:
            raise failure(self.take_error())
        self.bind_anywhere()
        said = {} if ancillary is None else {item[:2]: item[2] for item in ancillary.items}
        whole = bytes(data)
        if self._begun is not None:
            # It goes where its first part was sent to.
            begun, target, said = self._begun
            self._begun = None
            whole = begun + whole
            if len(whole) > _LARGEST:
                raise failure(EMSGSIZE)
        if flags & MSG_MORE:
            self._begun = (whole, target, said)
        else:
            self._dispatch(whole, target, said)
        return len(data)

    def _dispatch(self, data: bytes, target: Name, said: dict[tuple[int, int], bytes]) -> None:
        """`said` is what the program says of this datagram alone."""
        host, port = self.local
        sender = (addresses.source(target[0]) if addresses.is_any(host) else host, port)
        if addresses.is_v4(target[0]):
            keys = ((IPPROTO_IP, _IP_TTL), (IPPROTO_IP, _IP_TTL), (IPPROTO_IP, _IP_TOS))
        else:
            keys = tuple(
                (IPPROTO_IPV6, n) for n in (_IPV6_UNICAST_HOPS, _IPV6_HOPLIMIT, _IPV6_TCLASS)
            )
        set_hops, one_hops, both_tos = keys
        hops, tos = self.option(*set_hops), self.option(*both_tos)
        if one_hops in said:
            hops = unpack("i", said[one_hops])[0]
        if both_tos in said:
            tos = unpack("i", said[both_tos])[0]
        datagram = _Datagram(data, sender, target[0], hops if hops > 0 else _HOPS, max(tos, 0))
        conditions = network.conditions
        if conditions is None and (self._link is None or not self._link.busy):
            self._arrive(datagram, target)
            return
        if self._link is None:
            self._link = Link()
        if conditions is None or not conditions.lost():
            self._link.carry(len(data), 0.0, self._arrive, datagram, target)

    def _arrive(self, datagram: _Datagram, target: Name) -> None:
        receiver = self.ports.receiver(*target, listening=False)
        if receiver is None or (receiver.remote[1] and receiver.remote != datagram.sender):
            if self.remote == target:
                # ICMP says that nobody is there; Linux tells it to a sender that is connected.
                self.error = ECONNREFUSED
                self.changed(ANYTHING)
            return
        assert isinstance(receiver, UdpFile)
        receiver.take_in(datagram)

    def take_in(self, datagram: _Datagram) -> None:
        if self._size > self.rcvbuf:
            return
        self._datagrams.append(datagram)
        self._size += len(datagram.data) + _OVERHEAD
        self.changed(READABLE | PRI | RDBAND)

    def take(self, size: int, flags: int) -> bytes | None:
        message = self.take_message(size, flags, 0)
        return None if message is None else message.data

    def take_message(self, size: int, flags: int, room: int) -> Message | None:
        if flags & MSG_OOB:
            raise failure(EOPNOTSUPP)
        if self.error:
            raise failure(self.take_error())
        if not self._datagrams:
            return None if self.receives else Message(b"")
        datagram = self._datagrams[0]
        if not flags & MSG_PEEK:
            self._datagrams.popleft()
            self._size -= len(datagram.data) + _OVERHEAD
        cut = MSG_TRUNC if len(datagram.data) > size else 0
        items = self._facts(datagram) if self.options else []
        ancillary = Ancillary(items) if items else None
        sender = addresses.told(self.family, datagram.sender)
        return Message(datagram.data[:size], sender, cut, ancillary)

    def _facts(self, datagram: _Datagram) -> list[Item]:
        """What this socket has asked to be told of each datagram."""
        items: list[Item] = []
        asked = self.options.get
        if self.family == AF_INET:
            if asked((IPPROTO_IP, _IP_PKTINFO)):
                host = bytes(int(part) for part in datagram.target.split("."))
                items.append((IPPROTO_IP, _IP_PKTINFO, pack("i", 1) + host + host))
            if asked((IPPROTO_IP, _IP_RECVTTL)):
                items.append((IPPROTO_IP, _IP_TTL, pack("i", datagram.hops)))
            if asked((IPPROTO_IP, _IP_RECVTOS)):
                items.append((IPPROTO_IP, _IP_TOS, bytes([datagram.tos])))
            return items
        if asked((IPPROTO_IPV6, _IPV6_RECVPKTINFO)):
            host = addresses.packed(AF_INET6, datagram.target)
            items.append((IPPROTO_IPV6, _IPV6_PKTINFO, host + pack("I", _LOOPBACK_INTERFACE)))
        if asked((IPPROTO_IPV6, _IPV6_RECVHOPLIMIT)):
            items.append((IPPROTO_IPV6, _IPV6_HOPLIMIT, pack("i", datagram.hops)))
        if asked((IPPROTO_IPV6, _IPV6_RECVTCLASS)):
            items.append((IPPROTO_IPV6, _IPV6_TCLASS, pack("i", datagram.tos)))
        return items

    def shutdown(self, receives: bool, sends: bool) -> None:
        if receives:
            self.receives = False
        if sends:
            self.sends = False
        self.changed(ANYTHING)
        if not self.remote[1]:
            raise failure(ENOTCONN)

    def listen(self, backlog: int) -> None:
        raise failure(EOPNOTSUPP)

    def accepts(self) -> None:
        raise failure(EOPNOTSUPP)

    def released(self) -> None:
        self.unbind()
        self._datagrams.clear()


class UdpLiteFile(UdpFile):
    """A socket of UDP-Lite, whose checksum may cover a part only: here nothing is ever damaged."""

    __slots__ = ()
    ports = ports.udplite
