"""Which open file a new socket is, by family, type and protocol.

Invariant: a combination that there is none of raises what Linux raises.
"""

from errno import EAFNOSUPPORT, EINVAL, EOPNOTSUPP, EPERM, EPROTONOSUPPORT, ESOCKTNOSUPPORT

from ..files.open_file import failure
from ..seam import late
from . import page
from .constants import (
    AF_INET,
    AF_INET6,
    AF_UNIX,
    IPPROTO_IP,
    IPPROTO_TCP,
    IPPROTO_UDP,
    IPPROTO_UDPLITE,
    SOCK_DGRAM,
    SOCK_RAW,
    SOCK_SEQPACKET,
    SOCK_STREAM,
)
from .socket_file import SocketFile
from .unix_stream import UnixPackets, UnixStream

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .udp import UdpFile
    from .unix_datagram import UnixDatagram

#: Linux knows types with lower numbers.
_TYPES = 11
_INET = {SOCK_STREAM: IPPROTO_TCP, SOCK_DGRAM: IPPROTO_UDP}
_UNIX = (SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET)


def new(family: int, type: int, proto: int) -> SocketFile:
    if family in (AF_INET, AF_INET6):
        if type == SOCK_RAW:
            raise failure(EPERM if proto else EPROTONOSUPPORT)
        if type not in _INET:
            raise failure(ESOCKTNOSUPPORT if 0 <= type < _TYPES else EINVAL)
        if type == SOCK_DGRAM and proto == IPPROTO_UDPLITE:
            return _udp("UdpLiteFile")(family, type, proto)
        protocol = _INET[type]
        if proto not in (IPPROTO_IP, protocol):
            raise failure(EPROTONOSUPPORT)
        if type == SOCK_DGRAM:
            return _udp("UdpFile")(family, type, protocol)
        return page.tcp().TcpFile(family, type, protocol)
    if family == AF_UNIX:
        return _unix(type, proto)
    raise failure(EAFNOSUPPORT)


def _unix(type: int, proto: int) -> UnixStream | UnixPackets | UnixDatagram:
    if type == SOCK_RAW:
        type = SOCK_DGRAM
    if type not in _UNIX:
        raise failure(ESOCKTNOSUPPORT if 0 <= type < _TYPES else EINVAL)
    if proto not in (0, AF_UNIX):
        raise failure(EPROTONOSUPPORT)
    if type == SOCK_DGRAM:
        return late.load("net.unix_datagram").UnixDatagram(type, proto)
    return UnixStream(type, proto) if type == SOCK_STREAM else UnixPackets(type, proto)


def _udp(kind: str) -> type[UdpFile]:
    return getattr(late.load("net.ports", "net.inet", "net.udp"), kind)


def pair(family: int, type: int, proto: int) -> tuple[SocketFile, SocketFile]:
    if family != AF_UNIX:
        if family in (AF_INET, AF_INET6):
            new(family, type, proto).released()
            raise failure(EOPNOTSUPP)
        raise failure(EAFNOSUPPORT)
    first, second = _unix(type, proto), _unix(type, proto)
    first.pair(second)  # pyright: ignore[reportArgumentType]: both are of one kind
    second.pair(first)  # pyright: ignore[reportArgumentType]
    return first, second
