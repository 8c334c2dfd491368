"""TCP: connections, those who listen for them, and bytes in order.

Two ends call each other's `…_arrived` methods, at once or, where the network has conditions, by
way of a `Link`. The states and the errors are those of Linux (net/ipv4/tcp.c, tcp_input.c).

Invariant: what one end has accepted from its program reaches the other end whole and in order, or
the connection is reset and both programs are told. At most `sndbuf` of the one and `rcvbuf` of the
other stand between them.
"""

from collections import deque
from errno import (
    EAGAIN,
    EALREADY,
    ECONNABORTED,
    ECONNREFUSED,
    ECONNRESET,
    EINPROGRESS,
    EINVAL,
    EISCONN,
    ENOTCONN,
    EPIPE,
    ETIMEDOUT,
)

from ..files.events import ANYTHING, ERR, HUP, PRI, RDBAND, RDHUP, READABLE, WRBAND, WRITABLE
from ..files.open_file import failure
from ..sched import timers

# Not of `time`: a program may have put another there before its first socket.
from ..sched.timers import monotonic
from . import addresses, ports
from .addresses import UNBOUND
from .byte_queue import ByteQueue
from .conditions import Link, network
from .constants import MSG_OOB, MSG_PEEK, MSG_TRUNC, SO_LINGER, SO_OOBINLINE, SOL_SOCKET
from .inet import InetFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .addresses import Name, Told
    from .socket_file import Data

CLOSED, LISTENING, CONNECTING, CONNECTED = range(4)
#: What the program has been told of its `connect`.
_NOTHING, _IN_PROGRESS, _SUCCESS = range(3)
#: Buffers of a new socket, and SO_SNDBUF once it is connected over the loopback interface.
_SNDBUF, _RCVBUF, _SNDBUF_CONNECTED = 16384, 131072, 2626560
#: Seconds until nobody waits any more for an answer to a SYN (net.ipv4.tcp_syn_retries is 6).
_SYN_TIMEOUT = 127.0
_ARRIVED = READABLE | PRI | RDBAND

#: Called with the listening socket when one begins to listen and when it ends.
observers: list[Callable[[TcpFile, bool], object]] = []


class TcpFile(InetFile):
    """A socket of TCP: closed, listening, connecting, or one end of a connection."""

    __slots__ = (
        "_accepted",
        "_backlog",
        "_bound",
        "_link",
        "_mark",
        "_orphan",
        "_timer",
        "_told",
        "_urgent",
        "_waiting",
        "finished",
        "from_outside",
        "incoming",
        "peer",
        "receives",
        "sends",
        "state",
    )
    ports = ports.tcp

    def __init__(self, family: int, type: int, proto: int) -> None:
        InetFile.__init__(self, family, type, proto)
        self.sndbuf, self.rcvbuf = _SNDBUF, _RCVBUF
        self.state = CLOSED
        self._told = _NOTHING
        #: Whether the program has chosen the port, or the kernel for a connection.
        self._bound = True
        #: The other end, as long as something may come from it or go to it.
        self.peer: TcpFile | None = None
        self.incoming = ByteQueue()
        #: Whether this end can receive and send more, and whether the other has sent its last.
        self.receives = self.sends = True
        self.finished = False
        #: Its program has closed it, the connection is not over.
        self._orphan = False
        #: Whether the other end stands outside, in the page.
        self.from_outside = False
        self._link: Link | None = None
        self._timer: timers.Entry | None = None
        #: The byte of MSG_OOB, b"" once it was read; and where in the stream it stood.
        self._urgent: bytes | None = None
        self._mark = -1
        #: Of one that listens: connections not yet taken, and clients for which there is no room.
        self._backlog = 0
        self._accepted: deque[TcpFile] = deque()
        self._waiting: deque[TcpFile] = deque()

    # Ready for what

    @property
    def listening(self) -> bool:
        return self.state == LISTENING

    @property
    def connecting(self) -> bool:
        return self.state == CONNECTING

    @property
    def external(self) -> bool:
        """Whether something may come from outside Python that a thread here waits for."""
        return self.state == LISTENING or self.from_outside

    def poll(self) -> int:
        if self.state == LISTENING:
            return READABLE if self._accepted else 0
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

    # Listening

    def listen(self, backlog: int) -> None:
        if self._told != _NOTHING or self.state not in (CLOSED, LISTENING):
            raise failure(EINVAL)
        # As Linux does, where the number counts without its sign.
        self._backlog = min(backlog & 0xFFFFFFFF, 4096)
        if self.state == LISTENING:
            return
        self.bind_anywhere()
        self.ports.listen(self)
        self.state = LISTENING
        self.changed(ANYTHING)
        for observer in observers:
            observer(self, True)

    def accepts(self) -> None:
        if self.state != LISTENING:
            raise failure(EINVAL)

    def accept(self) -> TcpFile:
        self.accepts()
        if not self._accepted:
            raise failure(EAGAIN)
        end = self._accepted.popleft()
        while self._waiting and len(self._accepted) <= self._backlog:
            self._admit(self._waiting.popleft())
        return end

    def syn_arrived(self, client: TcpFile) -> None:
        if self.state != LISTENING:
            client._carried(0, client.reset_arrived)
        elif len(self._accepted) > self._backlog:
            self._waiting.append(client)
        else:
            self._admit(client)

    def _admit(self, client: TcpFile) -> None:
        if client.state != CONNECTING:
            return
        end = TcpFile(self.family, self.type, self.proto)
        end.options = dict(self.options)
        end.sndbuf = max(self.sndbuf, _SNDBUF_CONNECTED) if self.sndbuf == _SNDBUF else self.sndbuf
        end.rcvbuf = self.rcvbuf
        end.local, end.remote = client.remote, client.local
        self.ports.join(end, end.local[1])
        end.state, end._told, end.peer = CONNECTED, _SUCCESS, client
        end.from_outside = client.is_outside
        end._carried(0, client.syn_answered, end, self)

    is_outside = False

    def handshake_done(self, end: TcpFile) -> None:
        if self.state != LISTENING:
            end.reset()
            return
        self._accepted.append(end)
        self.changed(READABLE)

    # Connecting

    def connect(self, address: Name) -> None:
        if self._told == _IN_PROGRESS:
            self._connect_again()
            return
        if self._told == _SUCCESS or self.state == LISTENING:
            raise failure(EISCONN)
        host, port = address
        host = addresses.to_reach(self.family, host, self.only_v6)
        if addresses.is_any(self.local[0]) or not self.local[1]:
            local = addresses.source(host)
            self._bound = bool(self.local[1])
            if self._bound:
                self.local = (local, self.local[1])
            else:
                self.bind_to(local, 0)
        self.remote = (host, port)
        self.state, self._told = CONNECTING, _IN_PROGRESS
        self.receives = self.sends = True
        self._carried(0, self._reach)
        raise failure(EINPROGRESS)

    def _reach(self) -> None:
        """The SYN arrives at whoever listens there."""
        server = self.ports.receiver(*self.remote, listening=True)
        if server is None:
            self._carried(0, self.reset_arrived)
            return
        assert isinstance(server, TcpFile)
        server.syn_arrived(self)
        if self.state == CONNECTING and self._timer is None:
            self._timer = timers.push(monotonic() + _SYN_TIMEOUT, self)

    def _connect_again(self) -> None:
        if self.state == CONNECTING:
            raise failure(EALREADY)
        if self.state == CLOSED and not self.finished:
            self._told = _NOTHING
            raise failure(self.take_error() or ECONNABORTED)
        self._told = _SUCCESS

    def syn_answered(self, end: TcpFile, server: TcpFile) -> None:
        if self.state != CONNECTING:
            end._carried(0, end.reset_arrived)
            return
        self._untimed()
        self.peer = end
        self.state = CONNECTED
        if self.sndbuf == _SNDBUF:
            self.sndbuf = _SNDBUF_CONNECTED
        self.changed(ANYTHING)
        self._carried(0, server.handshake_done, end)

    def expire(self) -> None:
        """Nobody has answered the SYN; called by `timers`."""
        self._timer = None
        if self.state == CONNECTING:
            self._break(ETIMEDOUT)

    def _untimed(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timers.cancel(timer)

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

    def shutdown(self, receives: bool, sends: bool) -> None:
        if self.state == LISTENING:
            if receives:
                self._stop_listening()
                self.changed(ANYTHING)
            return
        if self.state == CONNECTING:
            self._break(ECONNRESET)
            self._told = _NOTHING
            return
        if self.state == CLOSED:
            raise failure(ENOTCONN)
        if receives:
            self.receives = False
        if sends and self.sends:
            self._finish()
        self.changed(ANYTHING)

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

    def _stop_listening(self) -> None:
        self.state = CLOSED
        self.ports.stop_listening(self)
        for observer in observers:
            observer(self, False)
        for client in self._waiting:
            client.reset_arrived()
        self._waiting.clear()
        accepted, self._accepted = self._accepted, deque()
        for end in accepted:
            end.reset()

    def reset(self) -> None:
        """Ends the connection at once: RST."""
        peer, self.peer = self.peer, None
        self._orphan = True
        self.state = CLOSED
        self.incoming.clear()
        self.unbind()
        if peer is not None:
            self._carried(0, peer.reset_arrived)

    def released(self) -> None:
        self._untimed()
        if self.state == LISTENING:
            self._stop_listening()
        linger = self.options.get((SOL_SOCKET, SO_LINGER), (0, 0))
        if self.state == CONNECTED and (self.incoming.size or linger == (1, 0)):
            self.reset()
            return
        self.unbind()
        self._orphan = True
        self.incoming.clear()
        if self.state == CONNECTING:
            self.state = CLOSED
            return
        if self.state == CONNECTED and self.sends:
            if not self.finished:
                self.ports.linger(self, self.local)
            self._finish()
        if self.finished:
            self.peer = None
