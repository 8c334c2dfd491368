"""`getsockopt` and `setsockopt`: what can be set, what is told of a new socket, what Linux refuses.

Most options change nothing on a network in memory; they are kept and given back.

Invariant: a number that was set is given back as Linux gives it: a switch as 0 or 1, a size of a
buffer doubled.
"""

from errno import EDOM, EINVAL, ENODEV, ENOPROTOOPT, EOPNOTSUPP
from struct import pack, unpack

from ..files.open_file import failure
from . import page
from .constants import (
    AF_INET6,
    AF_UNIX,
    IPPROTO_IP,
    IPPROTO_IPV6,
    IPPROTO_TCP,
    IPPROTO_UDPLITE,
    SO_ACCEPTCONN,
    SO_BROADCAST,
    SO_ERROR,
    SO_LINGER,
    SO_OOBINLINE,
    SO_PASSCRED,
    SO_RCVBUF,
    SO_RCVTIMEO,
    SO_REUSEADDR,
    SO_REUSEPORT,
    SO_SNDBUF,
    SO_SNDTIMEO,
    SO_TYPE,
    SOCK_STREAM,
    SOL_SOCKET,
)
from .socket_file import SocketFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    type Key = tuple[int, int]

_SO_BINDTODEVICE, _SO_PEERCRED, _SO_PROTOCOL, _SO_DOMAIN = 25, 17, 38, 39
_TCP_CONGESTION, _TCP_INFO = 13, 11
#: Options that are 0 or 1.
_SWITCHES = {
    *((SOL_SOCKET, name) for name in (1, SO_REUSEADDR, 5, SO_BROADCAST, 9, SO_OOBINLINE)),
    *((SOL_SOCKET, name) for name in (SO_REUSEPORT, SO_PASSCRED, 29, 34, 35, 41)),
    *((IPPROTO_TCP, name) for name in (1, 3)),
    *((IPPROTO_IP, name) for name in (6, 7, 8, 11, 12, 13, 15, 19, 20, 24, 34)),
    *((IPPROTO_IPV6, name) for name in (19, 25, 26, 49, 51, 53, 54, 56, 58, 60, 62, 66)),
}
#: What else can be set, and what a new socket has.
_DEFAULTS: dict[Key, int] = {
    **dict.fromkeys(_SWITCHES, 0),
    **{(SOL_SOCKET, 12): 0, (SOL_SOCKET, 18): 1, (SOL_SOCKET, 36): 0, (SOL_SOCKET, 49): -1},
    **{(SOL_SOCKET, 62): 0, (SOL_SOCKET, 46): 0},
    **{(IPPROTO_TCP, 2): 536, (IPPROTO_TCP, 4): 7200, (IPPROTO_TCP, 5): 75, (IPPROTO_TCP, 6): 9},
    **{(IPPROTO_TCP, 7): 6, (IPPROTO_TCP, 8): 60, (IPPROTO_TCP, 9): 0, (IPPROTO_TCP, 10): 0},
    **{(IPPROTO_TCP, 12): 1, (IPPROTO_TCP, 16): 0, (IPPROTO_TCP, 17): 0, (IPPROTO_TCP, 18): 0},
    **{(IPPROTO_TCP, 23): 0, (IPPROTO_TCP, 24): 0, (IPPROTO_TCP, 25): 0xFFFFFFFF - (1 << 32)},
    **{(IPPROTO_TCP, 30): 0, (IPPROTO_TCP, 36): 0},
    **{(IPPROTO_IP, 1): 0, (IPPROTO_IP, 2): 64, (IPPROTO_IP, 33): 1, (IPPROTO_IP, 34): 1},
    **{(IPPROTO_IP, 10): 1, (IPPROTO_IP, 32): 0},
    **{(IPPROTO_UDPLITE, 10): 0, (IPPROTO_UDPLITE, 11): 0},
    **{(IPPROTO_IPV6, 16): 64, (IPPROTO_IPV6, 17): 0, (IPPROTO_IPV6, 18): 1},
    **{(IPPROTO_IPV6, 19): 1, (IPPROTO_IPV6, 67): 0},
}
_READ_ONLY = {SO_TYPE, SO_ERROR, SO_ACCEPTCONN, 19, _SO_PEERCRED, _SO_PROTOCOL, _SO_DOMAIN}
#: Joining and leaving groups, for which there is no interface but the loopback one.
_GROUPS = {
    *((IPPROTO_IP, name) for name in (35, 36, 37, 38, 39, 40)),
    *((IPPROTO_IPV6, name) for name in (20, 21)),
}
#: The sizes that a program may ask for (net.core.wmem_max, rmem_max), and the least that it gets.
_LARGEST, _LEAST_SENT, _LEAST_RECEIVED = 212992, 4608, 2304


def _check_level(file: SocketFile, level: int) -> None:
    """Raises where sockets like `file` have no options of `level`."""
    if level == SOL_SOCKET:
        return
    if file.family == AF_UNIX:
        raise failure(EOPNOTSUPP)
    if level == IPPROTO_IP or (level == IPPROTO_IPV6 and file.family == AF_INET6):
        return
    if level == IPPROTO_UDPLITE == file.proto:
        return
    if level == IPPROTO_TCP and file.type == SOCK_STREAM:
        return
    raise failure(ENOPROTOOPT)


def put(file: SocketFile, level: int, name: int, value: int | bytes) -> None:
    """setsockopt; `value` as a number or as the bytes of a structure."""
    _check_level(file, level)
    if level == SOL_SOCKET and name in _STRUCTURES:
        _STRUCTURES[name](file, value)
        return
    if (level, name) in _GROUPS:
        _check_group(value)
        return
    if (level, name) == (IPPROTO_TCP, _TCP_CONGESTION):
        if value.rstrip(b"\0") not in (b"cubic", b"reno") if isinstance(value, bytes) else True:
            from errno import ENOENT

            raise failure(ENOENT)
        file.options[level, name] = value
        return
    if level == SOL_SOCKET and name in _READ_ONLY:
        raise failure(ENOPROTOOPT)
    number = _number(value)
    if level == SOL_SOCKET and name in (SO_SNDBUF, SO_RCVBUF, 32, 33):
        _resize(file, name, number)
    elif (level, name) in _SWITCHES:
        file.options[level, name] = int(number != 0)
    elif (level, name) in _DEFAULTS:
        _check_range(level, name, number)
        # -1 stands for what a new socket has.
        as_new = number == -1 and (level, name) in _RANGES
        file.options[level, name] = _DEFAULTS[level, name] if as_new else number
    else:
        raise failure(ENOPROTOOPT)


def _number(value: int | bytes) -> int:
    if isinstance(value, int):
        return value
    if len(value) < 4:
        if len(value) == 1:
            return value[0]
        raise failure(EINVAL)
    return unpack("i", value[:4])[0]


def _check_range(level: int, name: int, number: int) -> None:
    least, most = _RANGES.get((level, name), (-(1 << 31), (1 << 31) - 1))
    if not least <= number <= most:
        raise failure(EINVAL)


_RANGES = {
    (IPPROTO_TCP, 4): (1, 32767),
    (IPPROTO_TCP, 5): (1, 32767),
    (IPPROTO_TCP, 6): (1, 127),
    (IPPROTO_TCP, 7): (1, 127),
    (IPPROTO_IP, 2): (-1, 255),
    (IPPROTO_IP, 33): (-1, 255),
    (IPPROTO_IPV6, 16): (-1, 255),
    (IPPROTO_IPV6, 18): (-1, 255),
    (IPPROTO_IPV6, 67): (-1, 255),
}


def _resize(file: SocketFile, name: int, number: int) -> None:
    """A program's size counts once for what it keeps and once for Linux's own keeping of it."""
    number = max(0, min(number, _LARGEST))
    if name in (SO_SNDBUF, 32):
        file.sndbuf = max(number, _LEAST_SENT // 2)
        file.options[SOL_SOCKET, SO_SNDBUF] = 2 * file.sndbuf
    else:
        file.rcvbuf = max(number, _LEAST_RECEIVED // 2)
        file.options[SOL_SOCKET, SO_RCVBUF] = 2 * file.rcvbuf


def _set_linger(file: SocketFile, value: int | bytes) -> None:
    if isinstance(value, int) or len(value) < 8:
        raise failure(EINVAL)
    on, seconds = unpack("ii", value[:8])
    file.options[SOL_SOCKET, SO_LINGER] = (int(on != 0), seconds)


def _set_time(name: int) -> Callable[[SocketFile, int | bytes], None]:
    def put(file: SocketFile, value: int | bytes) -> None:
        if isinstance(value, int) or len(value) < 8:
            raise failure(EINVAL)
        # A `timeval`: of 64 bits each as on Linux, or as this build's `struct` packs a long.
        seconds, micros = unpack("qq", value[:16]) if len(value) >= 16 else unpack("ll", value[:8])
        if not 0 <= micros < 1000000:
            raise failure(EDOM)
        file.options[SOL_SOCKET, name] = max(0, seconds) + micros / 1e6

    return put


def _bind_to_device(file: SocketFile, value: int | bytes) -> None:
    name = b"" if isinstance(value, int) else value.rstrip(b"\0")
    if name not in (b"", b"lo"):
        raise failure(ENODEV)
    file.options[SOL_SOCKET, _SO_BINDTODEVICE] = name


_STRUCTURES: dict[int, Callable[[SocketFile, int | bytes], None]] = {
    SO_LINGER: _set_linger,
    SO_RCVTIMEO: _set_time(SO_RCVTIMEO),
    SO_SNDTIMEO: _set_time(SO_SNDTIMEO),
    _SO_BINDTODEVICE: _bind_to_device,
}


def _check_group(value: int | bytes) -> None:
    if isinstance(value, int) or len(value) < 8:
        raise failure(EINVAL)
    raise failure(ENODEV)


def get(file: SocketFile, level: int, name: int) -> int | bytes:
    """getsockopt: a number, or the bytes of a structure."""
    if level == IPPROTO_IPV6 and file.type == SOCK_STREAM and file.family != AF_INET6:
        raise failure(EOPNOTSUPP)
    _check_level(file, level)
    key = (level, name)
    if level == SOL_SOCKET and name in _READERS:
        return _READERS[name](file)
    if key == (IPPROTO_TCP, _TCP_CONGESTION):
        return file.options.get(key, b"cubic").ljust(16, b"\0")
    if key == (IPPROTO_TCP, _TCP_INFO):
        return _tcp_info(file)
    if key in file.options:
        return file.options[key]
    if key in _DEFAULTS:
        return _DEFAULTS[key]
    raise failure(ENOPROTOOPT)


def _tcp_info(file: SocketFile) -> bytes:
    """`struct tcp_info`, of which the state is true."""
    tcp = page.tcp()
    # What is loaded late has no types here.
    end: Any = file if isinstance(file, tcp.TcpFile) else None
    states = {tcp.CONNECTED: 1, tcp.CONNECTING: 2, tcp.CLOSED: 7, tcp.LISTENING: 10}
    state = states[end.state] if end else 7
    if state == states[tcp.CONNECTED]:
        if not end.sends:
            state = 5
        elif end.finished:
            state = 8
    return bytes([state]).ljust(104, b"\0")


def _get_time(name: int) -> Callable[[SocketFile], bytes]:
    def read(file: SocketFile) -> bytes:
        seconds = file.options.get((SOL_SOCKET, name), 0)
        return pack("qq", int(seconds), round(seconds % 1 * 1e6))

    return read


_READERS: dict[int, Callable[[SocketFile], int | bytes]] = {
    SO_TYPE: lambda file: file.type,
    SO_ERROR: lambda file: file.take_error(),
    SO_ACCEPTCONN: lambda file: int(file.listening),
    _SO_DOMAIN: lambda file: file.family,
    _SO_PROTOCOL: lambda file: file.proto,
    _SO_PEERCRED: lambda file: file.credentials(),
    SO_SNDBUF: lambda file: file.options.get((SOL_SOCKET, SO_SNDBUF), file.sndbuf),
    SO_RCVBUF: lambda file: file.options.get((SOL_SOCKET, SO_RCVBUF), file.rcvbuf),
    19: lambda file: 1,
    SO_LINGER: lambda file: pack("ii", *file.options.get((SOL_SOCKET, SO_LINGER), (0, 0))),
    SO_RCVTIMEO: _get_time(SO_RCVTIMEO),
    SO_SNDTIMEO: _get_time(SO_SNDTIMEO),
    _SO_BINDTODEVICE: lambda file: file.options.get((SOL_SOCKET, _SO_BINDTODEVICE), b""),
}
