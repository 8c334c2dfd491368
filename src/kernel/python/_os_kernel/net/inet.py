"""What sockets of TCP and of UDP have in common: a name of their own, perhaps one of a peer.

Invariant: `local` is this machine's; its port is 0 exactly while the socket is not bound.
"""

from errno import EINVAL, ENOTCONN

from ..files.open_file import failure
from . import addresses, ports
from .addresses import ANY, ANY6, UNBOUND
from .constants import AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY
from .socket_file import SocketFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .addresses import Name, Told


class InetFile(SocketFile):
    """A socket of AF_INET or AF_INET6."""

    __slots__ = ("local", "remote")

    ports: ports.Ports

    def __init__(self, family: int, type: int, proto: int) -> None:
        SocketFile.__init__(self, family, type, proto)
        self.local: Name = UNBOUND
        self.remote: Name = UNBOUND

    @property
    def only_v6(self) -> bool:
        return bool(self.options.get((IPPROTO_IPV6, IPV6_V6ONLY)))

    def bind(self, address: Name) -> None:
        host, port = address
        host = addresses.to_bind(self.family, host, self.only_v6)
        if self.local[1]:
            raise failure(EINVAL)
        self.bind_to(host, port)

    def bind_to(self, host: str, port: int) -> None:
        self.local = (host, port)
        try:
            self.local = (host, self.ports.take(self, host, port))
        except OSError:
            self.local = UNBOUND
            raise

    def bind_anywhere(self) -> None:
        """Binds to a free port, unless it is bound."""
        if not self.local[1]:
            self.bind_to(ANY6 if self.family == AF_INET6 else ANY, 0)

    def unbind(self) -> None:
        if self.local[1]:
            self.ports.release(self, self.local[1])

    def name(self) -> Told:
        return addresses.told(self.family, self.local)

    def peer_name(self) -> Told:
        if not self.remote[1]:
            raise failure(ENOTCONN)
        return addresses.told(self.family, self.remote)

    def accepted_from(self) -> Told:
        # Also of a connection that is over already.
        return addresses.told(self.family, self.remote)

    def described(self) -> str:
        return place(self.local)

    def described_peer(self) -> str:
        return place(self.remote) if self.remote[1] else f"anyone, at {self.described()}"


def place(name: Name) -> str:
    """A name as it is written in a report: 127.0.0.1:8000, [::1]:8000."""
    host, port = name
    return f"{host}:{port}" if addresses.is_v4(host) else f"[{host}]:{port}"
