"""TCP: sockets that listen and connect, and how a connection ends.

Invariant: a connection that one end has opened reaches the listening socket that took it, or is
reset; nobody waits for an answer longer than Linux does.
"""

from collections import deque
from errno import (
    EADDRINUSE,
    EAGAIN,
    EALREADY,
    ECONNABORTED,
    ECONNRESET,
    EINPROGRESS,
    EINVAL,
    EISCONN,
    ENOTCONN,
    ETIMEDOUT,
)

from ..files.events import ANYTHING, READABLE
from ..files.open_file import failure
from ..sched import timers

# Not of `time`: a program may have put another there before its first socket.
from ..sched.timers import monotonic
from . import addresses
from .addresses import UNBOUND
from .constants import SO_LINGER, SOL_SOCKET
from .inet import InetFile
from .kin import kin
from .tcp_stream import CLOSED, CONNECTED, CONNECTING, LISTENING, SNDBUF, TcpStream

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .addresses import Name

#: What the program has been told of its `connect`.
_NOTHING, _IN_PROGRESS, _SUCCESS = range(3)
#: SO_SNDBUF once a socket is connected over the loopback interface.
_SNDBUF_CONNECTED = 2626560
#: Seconds until nobody waits any more for an answer to a SYN (net.ipv4.tcp_syn_retries is 6).
_SYN_TIMEOUT = 127.0


def grown(sndbuf: int) -> int:
    """SO_SNDBUF once the socket is connected; what a program has set stays."""
    return _SNDBUF_CONNECTED if sndbuf == SNDBUF else sndbuf


#: Called with the listening socket when one begins to listen and when it ends.
observers: list[Callable[[TcpFile, bool], object]] = []


class TcpFile(TcpStream):
    """A socket of TCP: closed, listening, connecting, or one end of a connection."""

    __slots__ = ("_accepted", "_backlog", "_told", "_waiting", "from_outside")
    is_outside = False

    def __init__(self, family: int, type: int, proto: int) -> None:
        TcpStream.__init__(self, family, type, proto)
        self._told = _NOTHING
        #: Whether the other end stands outside, in the page.
        self.from_outside = False
        #: Of one that listens: connections not yet taken, and clients for which there is no room.
        self._backlog = 0
        self._accepted: deque[TcpFile] = deque()
        self._waiting: deque[TcpFile] = deque()

    @property
    def listening(self) -> bool:
        return self.state == LISTENING

    @property
    def external(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Whether something may come from outside Python that a thread here waits for."""
        return self.state == LISTENING or self.from_outside

    def poll(self) -> int:
        if self.state == LISTENING:
            return READABLE if self._accepted else 0
        return TcpStream.poll(self)

    def bind_to(self, host: str, port: int) -> None:
        while True:
            InetFile.bind_to(self, host, port)
            if kin.names is None or kin.names.bind_tcp(self):
                return
            self.unbind()
            self.local = UNBOUND
            if port:
                raise failure(EADDRINUSE)

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
        end.sndbuf = grown(self.sndbuf)
        end.rcvbuf = self.rcvbuf
        end.local, end.remote = client.remote, client.local
        self.ports.join(end, end.local[1])
        end.state, end._told, end.peer = CONNECTED, _SUCCESS, client
        end.from_outside = client.is_outside
        end._carried(0, client.syn_answered, end, self)

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
                InetFile.bind_to(self, local, 0)
        self.remote = (host, port)
        self.state, self._told = CONNECTING, _IN_PROGRESS
        self.receives = self.sends = True
        self._carried(0, self._reach)
        raise failure(EINPROGRESS)

    def _reach(self) -> None:
        """The SYN arrives at whoever listens there."""
        server = self.ports.receiver(*self.remote, listening=True)
        if server is None or server.shared:
            if kin.names is None:
                self._carried(0, self.reset_arrived)
                return
            kin.names.connect_tcp(self)
        else:
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
        self.sndbuf = grown(self.sndbuf)
        self.changed(ANYTHING)
        self._carried(0, server.handshake_done, end)

    def expire(self) -> None:
        """Nobody has answered the SYN; called by `timers`."""
        self._timer = None
        if self.state == CONNECTING:
            self._break(ETIMEDOUT)

    # Ending

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
