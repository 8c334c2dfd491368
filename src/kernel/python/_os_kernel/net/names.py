"""Names of hosts, services, protocols and interfaces: what a Linux machine without a network knows.

Invariant: a name that is not this machine's ends in the error that CPython gives where no name
server answers; nothing is asked of anyone.
"""

import _socket as native
from errno import ENODEV, ENXIO, EPERM
from operator import index

from ..files.open_file import failure
from . import addresses
from .constants import AF_INET, AF_INET6, AF_UNSPEC, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM, face

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .addresses import Told

    type Kind = tuple[int, int]

_BADFLAGS, _NONAME, _AGAIN, _FAMILY, _SOCKTYPE, _SERVICE, _ADDRFAMILY = -1, -2, -3, -6, -7, -8, -9
_WORDS = {
    _BADFLAGS: "Bad value for ai_flags",
    _NONAME: "Name or service not known",
    _AGAIN: "Temporary failure in name resolution",
    _FAMILY: "ai_family not supported",
    _SOCKTYPE: "ai_socktype not supported",
    _SERVICE: "Servname not supported for ai_socktype",
    _ADDRFAMILY: "Address family for hostname not supported",
}
_AI_PASSIVE, _AI_CANONNAME, _AI_NUMERICHOST, _AI_NUMERICSERV = 1, 2, 4, 0x400
#: All flags that glibc knows.
_AI_V4MAPPED = 8
_AI_KNOWN = 0x7FF
_NI_NUMERICHOST, _NI_NUMERICSERV, _NI_NAMEREQD, _NI_DGRAM = 1, 2, 8, 16

#: `/etc/hosts`, with the name that the machine gives itself.
_LOOPBACK = ["::1", "127.0.0.1"]
_HOSTS = {
    "localhost": _LOOPBACK,
    "ip6-localhost": ["::1"],
    "ip6-loopback": ["::1"],
    native.gethostname().lower(): ["127.0.0.1"],
}
#: The part of `/etc/services` that programs ask for: port and name, of both protocols or of one.
_BOTH = {7: "echo", 9: "discard", 13: "daytime", 19: "chargen", 37: "time", 53: "domain"}
_BOTH |= {88: "kerberos", 111: "sunrpc", 161: "snmp", 389: "ldap", 636: "ldaps"}
_BOTH |= {2049: "nfs", 5060: "sip", 5353: "mdns"}
_TCP = {20: "ftp-data", 21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 43: "whois", 70: "gopher"}
_TCP |= {79: "finger", 80: "http", 110: "pop3", 113: "auth", 119: "nntp", 143: "imap2"}
_TCP |= {443: "https", 465: "submissions", 513: "login", 514: "shell", 587: "submission"}
_TCP |= {873: "rsync", 993: "imaps", 995: "pop3s", 1080: "socks", 3306: "mysql"}
_TCP |= {5432: "postgresql", 5672: "amqp", 6379: "redis", 8080: "http-alt"}
_UDP = {67: "bootps", 68: "bootpc", 69: "tftp", 123: "ntp", 443: "https", 514: "syslog"}
_SERVICES = {"tcp": _BOTH | _TCP, "udp": _BOTH | _UDP}
_ALIASES = {"www": "http", "mail": "smtp", "imap": "imap2", "nameserver": "domain"}
_PROTOCOLS = {"ip": 0, "icmp": 1, "igmp": 2, "tcp": 6, "egp": 8, "udp": 17, "ipv6": 41}
_PROTOCOLS |= {"gre": 47, "esp": 50, "ah": 51, "ipv6-icmp": 58, "sctp": 132, "udplite": 136}
#: In the order in which `getaddrinfo` tells them.
_KINDS: tuple[Kind, ...] = ((SOCK_STREAM, 6), (SOCK_DGRAM, 17), (SOCK_RAW, 0))
_OF_KIND = {SOCK_STREAM: "tcp", SOCK_DGRAM: "udp"}
_INTERFACES = [(1, "lo")]


def _gaierror(code: int) -> OSError:
    return native.gaierror(code, _WORDS[code])


def _unknown_host() -> OSError:
    return native.herror(1, "Unknown host")


def _numeric(text: str) -> str | None:
    """The one form of what is an address already, as `inet_aton` and `inet_pton` read it."""
    if ":" in text:
        return addresses.parsed(AF_INET6, text)
    try:
        return native.inet_ntoa(native.inet_aton(text))
    except OSError:
        return None


def _look_up(name: str, family: int) -> list[str]:
    """The addresses of `name`, at least one."""
    if (address := _numeric(name)) is not None:
        if family != AF_UNSPEC and (family == AF_INET) != addresses.is_v4(address):
            raise _gaierror(_ADDRFAMILY)
        return [address]
    if not name or not name.isascii():
        raise _gaierror(_NONAME)
    found = _HOSTS.get(name.lower().removesuffix("."))
    if found is None:
        raise _gaierror(_AGAIN)
    fitting = [a for a in found if family == AF_UNSPEC or (family == AF_INET) == addresses.is_v4(a)]
    if not fitting:
        raise _gaierror(_ADDRFAMILY if family == AF_INET else _NONAME)
    return fitting


def _look_up_mapped(name: str, family: int, flags: int) -> list[str]:
    """With AI_V4MAPPED, IPv6 reaches what has addresses of IPv4 alone (RFC 3493, section 6.1)."""
    if family != AF_INET6 or not flags & _AI_V4MAPPED:
        return _look_up(name, family)
    found = _look_up(name, AF_UNSPEC)
    own = [address for address in found if not addresses.is_v4(address)]
    return own or [f"::ffff:{address}" for address in found]


def address_of(text: str, family: int) -> str:
    """What a socket of `family` takes for a host that a program names (`setipaddr`)."""
    if not text:
        return addresses.ANY6 if family == AF_INET6 else addresses.ANY
    if text in ("<broadcast>", addresses.BROADCAST):
        if family == AF_INET6:
            raise OSError("address family mismatched")
        return addresses.BROADCAST
    if family == AF_INET6 and "." in text and ":" in text:
        return addresses.parsed(family, text) or _look_up(text, family)[0]
    return _look_up(text, family)[0]


def _host(given: object) -> str | None:
    """The name that `getaddrinfo` is given."""
    if given is None:
        return None
    if isinstance(given, str):
        text = given if given.isascii() else given.encode("idna").decode("ascii")
    elif isinstance(given, (bytes, bytearray)):
        text = bytes(given).decode("latin-1")
    else:
        raise TypeError("getaddrinfo() argument 1 must be string or None")
    return text


def _port(given: object) -> str | None:
    if given is None:
        return None
    if isinstance(given, int):
        if not -(2**63) <= given < 2**63:
            raise OverflowError("Python int too large to convert to C long")
        return str(int(given))
    if isinstance(given, str):
        return given.encode("utf-8").decode("latin-1")
    if isinstance(given, bytes):
        return given.decode("latin-1")
    raise OSError("Int or String expected")


def _ports(service: str | None, kinds: list[Kind], numeric: bool) -> list[tuple[Kind, int]]:
    """Each kind for which there is such a service, with its port."""
    if service is None or service == "":
        return [(kind, 0) for kind in kinds]
    try:
        number = int(service, 10) if service.lstrip("+-").isdigit() else None
    except ValueError:
        number = None
    if number is not None:
        return [(kind, number & 0xFFFF) for kind in kinds]
    if numeric:
        raise _gaierror(_NONAME)
    found = [
        (kind, port)
        for kind in kinds
        if (port := _service(service, _OF_KIND.get(kind[0], ""))) is not None
    ]
    if not found:
        raise _gaierror(_SERVICE)
    return found


def _service(name: str, protocol: str) -> int | None:
    name = _ALIASES.get(name, name)
    ports = (port for port, each in _SERVICES.get(protocol, {}).items() if each == name)
    return next(ports, None)


@face
def getaddrinfo(
    host: object, port: object, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
) -> list[tuple[int, int, int, str, Told]]:
    """getaddrinfo(host, port [, family, type, proto, flags])
        -> list of (family, type, proto, canonname, sockaddr)

    Resolve host and port into addrinfo struct."""
    name, service = _host(host), _port(port)
    family, type, proto, flags = index(family), index(type), index(proto), index(flags)
    if flags & ~_AI_KNOWN or (flags & _AI_CANONNAME and name is None):
        raise _gaierror(_BADFLAGS)
    if name is None and service is None:
        raise _gaierror(_NONAME)
    if family not in (AF_UNSPEC, AF_INET, AF_INET6):
        raise _gaierror(_FAMILY)
    kinds = [
        (kind, number or proto)
        for kind, number in _KINDS
        if type in (0, kind) and (proto == 0 or proto == number or kind == SOCK_RAW)
    ]
    if not kinds or (type == 0 and proto and kinds == [(SOCK_RAW, proto)] and proto in (6, 17)):
        raise _gaierror(_SOCKTYPE if type not in (1, 2, 3) else _SERVICE)
    if proto in (6, 17) and type == 0:
        kinds = [kind for kind in kinds if kind[0] != SOCK_RAW]
    found = _ports(service, kinds, bool(flags & _AI_NUMERICSERV))
    if name is None:
        v6, v4 = ("::", addresses.ANY) if flags & _AI_PASSIVE else ("::1", "127.0.0.1")
        hosts = [v4, v6] if flags & _AI_PASSIVE else [v6, v4]
        hosts = [h for h in hosts if family == 0 or (family == AF_INET) == addresses.is_v4(h)]
    elif flags & _AI_NUMERICHOST and _numeric(name) is None:
        raise _gaierror(_NONAME)
    else:
        hosts = _look_up_mapped(name, family, flags)
    scope = _scope(name or "")
    canonical = name or "" if flags & _AI_CANONNAME else ""
    result: list[tuple[int, int, int, str, Told]] = []
    for each in hosts:
        of = AF_INET if addresses.is_v4(each) and ":" not in each else AF_INET6
        for (kind, number), at in found:
            result.append((of, kind, number, canonical, _sockaddr(of, each, at, scope)))
            canonical = ""
    return result


def _scope(name: str) -> int:
    """The number of the interface that an address of IPv6 names (RFC 4007): fe80::1%1."""
    _, mark, zone = name.partition("%")
    if not mark or ":" not in name:
        return 0
    if zone.isdecimal():
        return int(zone)
    found = next((number for number, each in if_nameindex() if each == zone), None)
    if found is None:
        raise _gaierror(_NONAME)
    return found


def _sockaddr(family: int, host: str, port: int, scope: int) -> Told:
    return (host, port) if family == AF_INET else (host, port, 0, scope)


@face
def getnameinfo(sockaddr: object, flags: int, /) -> tuple[str, str]:
    """getnameinfo(sockaddr, flags) --> (host, port)

    Get host and port for a sockaddr."""
    flags = index(flags)
    if not isinstance(sockaddr, tuple):
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    if not 2 <= len(sockaddr) <= 4 or not isinstance(sockaddr[0], str):
        raise TypeError("getnameinfo(): illegal sockaddr argument")
    host, port, *rest = sockaddr
    port = index(port)
    if rest and not 0 <= index(rest[0]) <= 0xFFFFF:
        raise OverflowError("getnameinfo(): flowinfo must be 0-1048575.")
    found = getaddrinfo(host, port, AF_UNSPEC, SOCK_DGRAM, 0, _AI_NUMERICHOST)
    family, _, _, _, (address, number, *_) = found[0]
    if family == AF_INET and len(sockaddr) != 2:
        raise OSError("IPv4 sockaddr must be 2 tuple")
    if len(rest) > 1 and (scope := index(rest[1])) and family == AF_INET6:
        address += f"%{dict(_INTERFACES).get(scope, scope)}"
    name = None if flags & _NI_NUMERICHOST else _name_of(address)
    if name is None and flags & _NI_NAMEREQD:
        raise _gaierror(_NONAME)
    services = _SERVICES["udp" if flags & _NI_DGRAM else "tcp"]
    service = None if flags & _NI_NUMERICSERV else services.get(number)
    return name or address, service or str(number)


def _name_of(address: str) -> str | None:
    return next((name for name, found in _HOSTS.items() if address in found), None)


def _named(name: object) -> str:
    if isinstance(name, str):
        return name if name.isascii() else name.encode("idna").decode("ascii")
    if isinstance(name, (bytes, bytearray)):
        return bytes(name).decode("latin-1")
    raise TypeError(f"str, bytes or bytearray expected, not {type(name).__name__}")


@face
def gethostbyname(name: object, /) -> str:
    """gethostbyname(host) -> address

    Return the IP address (a string of the form '255.255.255.255') for a host."""
    return address_of(_named(name), AF_INET)


@face
def gethostbyname_ex(name: object, /) -> tuple[str, list[str], list[str]]:
    """gethostbyname_ex(host) -> (name, aliaslist, addresslist)

    Return the true host name, a list of aliases, and a list of IP addresses,
    for a host.  The host argument is a string giving a host name or IP number."""
    text = _named(name)
    if not text or text == "<broadcast>":
        raise _unknown_host()
    return text, [], _look_up(text, AF_INET)


@face
def gethostbyaddr(name: object, /) -> tuple[str, list[str], list[str]]:
    """gethostbyaddr(host) -> (name, aliaslist, addresslist)

    Return the true host name, a list of aliases, and a list of IP addresses,
    for a host.  The host argument is a string giving a host name or IP number."""
    text = _named(name)
    if not text:
        raise OSError("wildcard resolved to multiple address")
    if text == "<broadcast>":
        raise _unknown_host()
    address = _look_up(text, AF_UNSPEC)[0]
    known = _name_of(address)
    if known is None:
        raise _unknown_host()
    aliases = [name for name, found in _HOSTS.items() if address in found and name != known]
    return known, aliases, [address]


@face
def sethostname(name: object, /) -> None:
    """sethostname(name)

    Sets the hostname to name."""
    _named(name)
    raise failure(EPERM)


def _protocol(name: object) -> str | None:
    if name is not None and not isinstance(name, str):
        kind = type(name).__name__
        raise TypeError(f"argument 2 must be str, not {kind}")
    return name


@face
def getservbyname(servicename: str, protocolname: str = "", /) -> int:
    """getservbyname(servicename[, protocolname]) -> integer

    Return a port number from a service name and protocol name.
    The optional protocol name, if given, should be 'tcp' or 'udp',
    otherwise any protocol will match."""
    if not isinstance(servicename, str):
        kind = type(servicename).__name__
        raise TypeError(f"getservbyname() argument 1 must be str, not {kind}")
    for protocol in [_protocol(protocolname)] if protocolname else _SERVICES:
        port = _service(servicename, protocol or "")
        if port is not None:
            return port
    raise OSError("service/proto not found")


@face
def getservbyport(port: int, protocolname: str = "", /) -> str:
    """getservbyport(port[, protocolname]) -> string

    Return the service name from a port number and protocol name.
    The optional protocol name, if given, should be 'tcp' or 'udp',
    otherwise any protocol will match."""
    port = index(port)
    if not 0 <= port <= 0xFFFF:
        raise OverflowError("getservbyport: port must be 0-65535.")
    for protocol in [_protocol(protocolname)] if protocolname else _SERVICES:
        name = _SERVICES.get(protocol or "", {}).get(port)
        if name is not None:
            return name
    raise OSError("port/proto not found")


@face
def getprotobyname(name: str, /) -> int:
    """getprotobyname(name) -> integer

    Return the protocol number for the named protocol.  (Rarely used.)"""
    if not isinstance(name, str):
        kind = type(name).__name__
        raise TypeError(f"getprotobyname() argument must be str, not {kind}")
    if (number := _PROTOCOLS.get(name.lower())) is None:
        raise OSError("protocol not found")
    return number


@face
def if_nameindex() -> list[tuple[int, str]]:
    """if_nameindex()

    Returns a list of network interface information (index, name) tuples."""
    return list(_INTERFACES)


@face
def if_nametoindex(oname: object, /) -> int:
    """Returns the interface index corresponding to the interface name oname."""
    from os import fsdecode

    # TypeError is the answer to what is no name.
    name = fsdecode(oname)  # pyright: ignore[reportArgumentType]
    for number, each in _INTERFACES:
        if each == name:
            return number
    raise failure(ENODEV)


@face
def if_indextoname(if_index: int, /) -> str:
    """Returns the interface name corresponding to the interface index if_index."""
    number = index(if_index)
    if number < 0:
        raise ValueError("Cannot convert negative int")
    if number > 0xFFFFFFFF:
        raise OverflowError("Python int too large for C unsigned int")
    for each, name in _INTERFACES:
        if each == number:
            return name
    raise failure(ENXIO)
