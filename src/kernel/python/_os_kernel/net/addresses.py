"""Addresses of IP: how Python writes them, and which of them are this machine.

Inside, a host is a string in the one form that `inet_ntop` gives: "127.0.0.1", "::1". An IPv4
address that a socket of AF_INET6 uses (`::ffff:127.0.0.1`) is the IPv4 address; only `told` and
`checked` know of the other form.

Invariant: the only machine that can be reached is this one, as 127.0.0.0/8 and as ::1.
"""

from errno import EADDRNOTAVAIL, EAFNOSUPPORT, ENETUNREACH

from ..files.open_file import failure
from . import inet6
from .constants import AF_INET, AF_INET6

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    type Name = tuple[str, int]
    type Told = tuple[str, int] | tuple[str, int, int, int]

_MAPPED = "::ffff:"
ANY, ANY6 = "0.0.0.0", "::"
UNBOUND: Name = ("", 0)
BROADCAST = "255.255.255.255"


def parsed(family: int, text: str) -> str | None:
    """The one form of an address that is written as such; None if it is none of `family`."""
    if family == AF_INET6:
        text = text.partition("%")[0]
    try:
        return inet6.inet_ntop(family, inet6.inet_pton(family, text))
    except OSError:
        return None


def told(family: int, name: Name) -> Told:
    """As Python sees it."""
    host, port = name
    if family != AF_INET6:
        return host or ANY, port
    if "." in host and not host.startswith(_MAPPED):
        host = _MAPPED + host
    return host or ANY6, port, 0, 0


def unmapped(host: str) -> str:
    """An IPv4 address for one that is written as an IPv6 one."""
    return host.removeprefix(_MAPPED) if "." in host else host


def is_v4(host: str) -> bool:
    return "." in host


def is_any(host: str) -> bool:
    return host in (ANY, ANY6)


def is_local(host: str) -> bool:
    return host.startswith("127.") or host in ("::1", ANY, ANY6)


def is_multicast(host: str) -> bool:
    if is_v4(host):
        return 224 <= int(host.partition(".")[0]) <= 239
    return host.startswith("ff")


def to_bind(family: int, host: str, only_v6: bool) -> str:
    """The host to bind to; an OSError if it is not this machine's."""
    mapped = unmapped(host)
    if family == AF_INET6 and mapped != host and only_v6:
        raise failure(EADDRNOTAVAIL)
    if not is_local(mapped):
        raise failure(EADDRNOTAVAIL)
    return mapped


def to_reach(family: int, host: str, only_v6: bool) -> str:
    """The host to send to; an OSError if there is no way there."""
    if family == AF_INET and not is_v4(host):
        raise failure(EAFNOSUPPORT)
    if host == ANY:
        return "127.0.0.1"
    if host == ANY6:
        return "::1"
    mapped = unmapped(host)
    if (family == AF_INET6 and mapped != host and only_v6) or not is_local(mapped):
        raise failure(ENETUNREACH)
    return mapped


def source(host: str) -> str:
    """The address that this machine sends from, to `host`."""
    return "127.0.0.1" if is_v4(host) else "::1"


def packed(family: int, host: str) -> bytes:
    """The bytes of an address."""
    return inet6.inet_pton(family, _MAPPED + host if family == AF_INET6 and is_v4(host) else host)
