"""Bytes of TCP, in order: what either end of a connection sends, takes and is told of its end.

Two ends call each other's `…_arrived` methods, at once or, where the network has conditions, by
way of a `Link`. The states and the errors are those of Linux (net/ipv4/tcp.c, tcp_input.c).

Invariant: what one end has accepted from its program reaches the other end whole and in order, or
the connection is reset and both programs are told. At most `sndbuf` of the one and `rcvbuf` of the
other stand between them.
"""

from errno import ECONNREFUSED, ECONNRESET, EINVAL, ENOTCONN, EPIPE

from ..files.events import ANYTHING, ERR, HUP, PRI, RDBAND, RDHUP, READABLE, WRBAND, WRITABLE
from ..files.open_file import failure
from ..sched import timers
from . import addresses, ports
from .addresses import UNBOUND
from .byte_queue import ByteQueue
from .conditions import Link, network
from .constants import MSG_OOB, MSG_PEEK, MSG_TRUNC, SO_OOBINLINE, SOL_SOCKET
from .inet import InetFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .addresses import Told
    from .socket_file import Data

CLOSED, LISTENING, CONNECTING, CONNECTED = range(4)
#: Buffers of a new socket.
SNDBUF, RCVBUF = 16384, 131072
_ARRIVED = READABLE | PRI | RDBAND


class TcpStream(InetFile):
    """One end of a connection, or a socket that may become one."""

    __slots__ = (
        "_bound",
        "_link",
        "_mark",
        "_orphan",
        "_timer",
        "_urgent",
        "finished",
        "incoming",
        "peer",
        "receives",
        "sends",
        "state",
    )
    ports = ports.tcp

    def __init__(self, family: int, type: int, proto: int) -> None:
        InetFile.__init__(self, family, type, proto)
        self.sndbuf, self.rcvbuf = SNDBUF, RCVBUF
        self.state = CLOSED
        #: Whether the program has chosen the port, or the kernel for a connection.
        self._bound = True
        #: The other end, as long as something may come from it or go to it.
        self.peer: TcpStream | None = None
        self.incoming = ByteQueue()
        #: Whether this end can receive and send more, and whether the other has sent its last.
        self.receives = self.sends = True
        self.finished = False
        #: Its program has closed it, the connection is not over.
        self._orphan = False
        self._link: Link | None = None
        #: Until when an answer to a SYN is awaited.
        self._timer: timers.Entry | None = None
        #: The byte of MSG_OOB, b"" once it was read; and where in the stream it stood.
        self._urgent: bytes | None = None
        self._mark = -1

    # Ready for what

    @property
    def connecting(self) -> bool:
        return self.state == CONNECTING

    def poll(self) -> int:
        events = ERR if self.error else 0
        if self.state == CLOSED:
            events |= HUP
        if not self.receives:
            events |= READABLE | RDHUP
        if self.state == CONNECTING:
            return events
        if self.incoming.size:
            events |= READABLE
        if not self.sends or self._outgoing() <= 2 * self.sndbuf // 3:
            events |= WRITABLE
        if self._urgent:
            events |= PRI
        return events

    def _outgoing(self) -> int:
        """How much of `sndbuf` is in use."""
        if self.peer is None:
            return 0
        under_way = self._link.size if self._link is not None else 0
        return self.peer.incoming.size + under_way - self.peer.rcvbuf

    def available(self) -> int:
        if self.state == LISTENING:
            raise failure(EINVAL)
        return min(self.incoming.size, self.rcvbuf)

    # Data

    def _carried(self, size: int, arrive: Callable[..., object], *arguments: object) -> None:
        """A segment of `size` bytes leaves this end; `arrive` is what happens there."""
        conditions = network.conditions
        if conditions is None and (self._link is None or not self._link.busy):
            arrive(*arguments)
            return
        if self._link is None:
            self._link = Link()
        delay = 0.0
        if conditions is not None:
            delay = conditions.sent_again()
            if size and conditions.broken():
                self._link.carry(0, delay, self._torn)
                return
        self._link.carry(size, delay, arrive, *arguments)

    def _torn(self) -> None:
        """Something between the two has reset the connection."""
        peer = self.peer
        self.reset_arrived()
        if peer is not None:
            peer.reset_arrived()

    def put(self, data: Data, flags: int) -> int | None:
        peer = self.peer
        if self.state != CONNECTED or not self.sends or self.error or peer is None:
            return self._cannot_send()
        room = self.sndbuf - self._outgoing()
        if room <= 0:
            return None
        size = len(data)
        chunk = data if type(data) is bytes and size <= room else bytes(data[:room])
        if not chunk:
            return 0
        if flags & MSG_OOB and size <= room:
            self._carried(len(chunk), peer.urgent_arrived, chunk)
        elif network.conditions is None and self._link is None:
            # As `_carried`, without its call: this is the way of nearly all data.
            peer.data_arrived(chunk)
        else:
            self._carried(len(chunk), peer.data_arrived, chunk)
        return len(chunk)

    def _cannot_send(self) -> None:
        if self.state == CONNECTING and not self.error:
            return
        if self.state == LISTENING:
            raise failure(EPIPE)
        raise failure(self.take_error() or EPIPE)

    def data_arrived(self, chunk: bytes) -> None:
        if self._orphan or self.state != CONNECTED or not (self.receives or self.sends):
            self._refuse_data()
            return
        self.incoming.append(chunk)
        if self.watchers:
            self.changed(_ARRIVED)

    def _refuse_data(self) -> None:
        """What comes when nobody can read it any more resets the connection."""
        peer, self.peer = self.peer, None
        if peer is not None:
            self._carried(0, peer.reset_arrived)
        if not self._orphan and self.state == CONNECTED:
            self._break(ECONNRESET)

    def urgent_arrived(self, chunk: bytes) -> None:
        if self.option(SOL_SOCKET, SO_OOBINLINE) or self.state != CONNECTED or self._orphan:
            self.data_arrived(chunk)
            return
        if len(chunk) > 1:
            self.data_arrived(chunk[:-1])
        self._urgent = chunk[-1:]
        self._mark = self.incoming.taken + self.incoming.size
        self.changed(_ARRIVED)

    def take(self, size: int, flags: int) -> bytes | None:
        incoming = self.incoming
        if flags & MSG_OOB:
            return self._take_urgent(flags)
        if not incoming.size or not size:
            return self._nothing_to_take(size)
        left = self._mark - incoming.taken
        if 0 < left < size:
            size = left
        if flags & MSG_PEEK:
            return incoming.peek(size)
        was_full = incoming.size > self.rcvbuf
        data = incoming.take(size)
        if was_full:
            self._room_made()
        if flags & MSG_TRUNC:
            # Linux throws the bytes away, and the program's buffer stays as it was.
            return bytes(len(data))
        return data

    def _room_made(self) -> None:
        """Something was taken of what did not fit into `rcvbuf`."""
        peer = self.peer
        if peer is not None and peer.watchers and peer._outgoing() <= 2 * peer.sndbuf // 3:
            peer.changed(WRITABLE | WRBAND)

    def _nothing_to_take(self, size: int) -> bytes | None:
        if self.incoming.size or self.finished:
            return b""
        if self.state == LISTENING:
            raise failure(ENOTCONN)
        if self.error:
            raise failure(self.take_error())
        if not self.receives:
            return b""
        if self.state == CLOSED:
            raise failure(ENOTCONN)
        return None if size else b""

    def _take_urgent(self, flags: int) -> bytes | None:
        if self._urgent is None or self.option(SOL_SOCKET, SO_OOBINLINE) or self._urgent == b"":
            raise failure(EINVAL)
        data = self._urgent
        if not flags & MSG_PEEK:
            self._urgent = b""
        return data

    # Ending

    def peer_name(self) -> Told:
        if self.state != CONNECTED:
            raise failure(ENOTCONN)
        return addresses.told(self.family, self.remote)

    def _finish(self) -> None:
        """Sends the last segment, FIN."""
        self.sends = False
        peer = self.peer
        if self.finished:
            self.state, self.receives = CLOSED, False
        if peer is not None:
            self._carried(0, peer.finish_arrived)

    def finish_arrived(self) -> None:
        if self.state != CONNECTED:
            # It was under way when the connection was reset.
            return
        self.finished, self.receives = True, False
        if not self.sends:
            self.ports.linger(self, self.local)
            self.state = CLOSED
        if self._orphan:
            self.peer = None
        else:
            self.changed(ANYTHING)

    def reset_arrived(self) -> None:
        if self.state == CONNECTING:
            self._break(ECONNREFUSED)
        elif self.state == CONNECTED:
            self._break(EPIPE if self.finished and self.sends else ECONNRESET)

    def _break(self, error: int) -> None:
        self._untimed()
        if self.state == CONNECTING and not self._bound:
            self.unbind()
            self.local = UNBOUND
        self.state, self.peer, self.error = CLOSED, None, error
        self.receives = self.sends = False
        if not self._orphan:
            self.changed(ANYTHING)

    def reset(self) -> None:
        """Ends the connection at once: RST."""
        peer, self.peer = self.peer, None
        self._orphan = True
        self.state = CLOSED
        self.incoming.clear()
        self.unbind()
        if peer is not None:
            self._carried(0, peer.reset_arrived)

    def _untimed(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timers.cancel(timer)
