"""Who uses which port, of TCP or of UDP, by the rules of Linux's net/ipv4/inet_connection_sock.c.

Invariant: a socket stands in the table from its `bind` until it is closed or its connection is; of
two that stand under the same port and host, both have said that they share.
"""

from errno import EADDRINUSE

from ..files.open_file import failure

# Not of `time`: a program may have put another there before its first socket.
from ..sched.timers import monotonic
from .addresses import ANY, ANY6, is_v4
from .constants import IPPROTO_IPV6 as IPV6
from .constants import IPV6_V6ONLY, SO_REUSEADDR, SO_REUSEPORT, SOL_SOCKET
from .kin import kin

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .addresses import Name
    from .inet import InetFile

#: Seconds for which a closed connection keeps its port from those who do not share.
_TIME_WAIT = 60.0
#: From so many names on, those whose time is over are looked for.
_MANY = 4096


class Ports:
    """The ports of one protocol."""

    __slots__ = ("_listening", "_next", "_used", "_waiting")

    def __init__(self) -> None:
        #: By port, in the order in which they came.
        self._used: dict[int, dict[InetFile, None]] = {}
        self._listening: dict[int, dict[InetFile, None]] = {}
        #: Until when a name is kept by connections that were closed, and whether they shared it.
        self._waiting: dict[Name, tuple[float, bool]] = {}
        self._next = 0

    def take(self, file: InetFile, host: str, port: int) -> int:
        """Binds `file` to `host` and `port`, 0 for any; answers with the port."""
        if port == 0:
            port = self._free()
        elif self._conflicts(file, host, port):
            raise failure(EADDRINUSE)
        self._used.setdefault(port, {})[file] = None
        return port

    def join(self, file: InetFile, port: int) -> None:
        """`file` is the end of a connection that a listening socket of that port has accepted."""
        self._used.setdefault(port, {})[file] = None

    def release(self, file: InetFile, port: int) -> None:
        users = self._used.get(port)
        if users is not None and file in users:
            del users[file]
            if not users:
                del self._used[port]

    def linger(self, file: InetFile, name: Name) -> None:
        """The connection at `name` was closed from this side: TIME_WAIT."""
        now = monotonic()
        if len(self._waiting) >= _MANY:
            self._waiting = {n: kept for n, kept in self._waiting.items() if kept[0] > now}
        self._waiting[name] = (now + _TIME_WAIT, _shares(file, SO_REUSEADDR))

    def _free(self) -> int:
        first, last = kin.ports
        for _ in range(first, last + 1):
            port = self._next if first <= self._next <= last else first
            self._next = port + 1
            if port not in self._used:
                return port
        raise failure(EADDRINUSE)

    def _conflicts(self, file: InetFile, host: str, port: int) -> bool:
        for other in self._used.get(port, ()):
            if not _overlap(file, host, other, other.local[0]):
                continue
            if _shares(file, SO_REUSEPORT) and _shares(other, SO_REUSEPORT):
                continue
            both = _shares(file, SO_REUSEADDR) and _shares(other, SO_REUSEADDR)
            if not both or other.listening:
                return True
        return self._lingers(file, host, port)

    def _lingers(self, file: InetFile, host: str, port: int) -> bool:
        now = monotonic()
        for name in [name for name in self._waiting if name[1] == port]:
            until, shared = self._waiting[name]
            if until <= now:
                del self._waiting[name]
            elif (name[0] == host or host in (ANY, ANY6)) and not (
                shared and _shares(file, SO_REUSEADDR)
            ):
                return True
        return False

    def listen(self, file: InetFile) -> None:
        """`file` begins to listen; EADDRINUSE if another does there already."""
        host, port = file.local
        for other in self._listening.get(port, ()):
            if _shares(file, SO_REUSEPORT) and _shares(other, SO_REUSEPORT):
                continue
            if _overlap(file, host, other, other.local[0]):
                raise failure(EADDRINUSE)
        self._listening.setdefault(port, {})[file] = None

    def users(self) -> list[InetFile]:
        """All that stand in the table."""
        return [file for files in self._used.values() for file in files]

    def adopt(self, file: InetFile) -> None:
        """`file` listens already: it came from another process."""
        self.join(file, file.local[1])
        self._listening.setdefault(file.local[1], {})[file] = None

    def stop_listening(self, file: InetFile) -> None:
        listeners = self._listening[file.local[1]]
        del listeners[file]
        if not listeners:
            del self._listening[file.local[1]]

    def receiver(self, host: str, port: int, *, listening: bool) -> InetFile | None:
        """The socket that takes what comes for `host`: bound to it, before bound to all."""
        best = None
        for file in (self._listening if listening else self._used).get(port, ()):
            bound = file.local[0]
            if bound == host:
                return file
            if best is None and bound in (ANY, ANY6) and _overlap(file, bound, None, host):
                best = file
        return best


def _shares(file: InetFile, option: int) -> bool:
    return bool(file.options.get((SOL_SOCKET, option)))


def _takes_v4(file: InetFile, host: str) -> bool:
    """Whether what is bound to `host` takes what comes over IPv4."""
    return is_v4(host) or (host == ANY6 and not file.options.get((IPV6, IPV6_V6ONLY)))


def _overlap(file: InetFile, host: str, other: InetFile | None, other_host: str) -> bool:
    """Whether something could come for both; `other_host` is an address where `other` is None."""
    if host == other_host:
        return True
    if other is None:
        return _takes_v4(file, host) if is_v4(other_host) else host == ANY6
    if host == ANY6 or other_host == ANY6:
        if is_v4(host) or is_v4(other_host):
            return _takes_v4(file, host) and _takes_v4(other, other_host)
        return True
    both = (host, other_host)
    return ANY in both and is_v4(host) and is_v4(other_host)


tcp, udp, udplite = Ports(), Ports(), Ports()
