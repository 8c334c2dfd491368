"""Sockets of TCP with which other processes have to do: as `shared_unix.py` for AF_UNIX.

Invariant: what is not between processes is done by `TcpFile`; the network's conditions hold here,
too, at the end that sends.
"""

from errno import EOPNOTSUPP

from ..files.events import ANYTHING, READABLE
from ..files.open_file import failure
from ..net.constants import SO_LINGER, SOL_SOCKET
from ..net.tcp import _SUCCESS, TcpFile, grown
from ..net.tcp_stream import CLOSED, CONNECTED, CONNECTING, LISTENING
from . import calls
from .wire import Wire

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..net.ancillary import Ancillary
    from ..net.tcp_stream import TcpStream


class SharedTcp(TcpFile):
    """A socket of TCP of which other processes know."""

    __slots__ = ()
    external = True  # pyright: ignore[reportAssignmentType]: as a property

    @property
    def shared(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.door is not None and self.door.shared

    # Receiving

    def poll(self) -> int:
        events = TcpFile.poll(self)
        if self.wire is not None:
            if self.wire.readable:
                events |= READABLE
            self.wire.read_ahead()
        elif self.door is not None and self.state == LISTENING and self.door.waiting:
            events |= READABLE
        return events

    def take(self, size: int, flags: int) -> bytes | None:
        wire = self.wire
        if wire is None:
            return TcpFile.take(self, size, flags)
        wire.fetch(size)
        data = TcpFile.take(self, size, flags)
        if data is None:
            wire.ask(size)
        return data

    def abandoned(self) -> None:
        if self.wire is not None:
            self.wire.abandoned()

    def arrive(self, content: bytes, passed: list[dict[str, Any]] | None) -> None:
        self.incoming.append(content)

    def give_back(self) -> tuple[bytes, Ancillary | None]:
        return self.incoming.take(self.incoming.size), None

    def has_room(self) -> bool:
        return self._outgoing() <= 2 * self.sndbuf // 3

    # Listening

    def listen(self, backlog: int) -> None:
        TcpFile.listen(self, backlog)
        if self.door is not None:
            self.door.listen(self._backlog)

    def _stop_listening(self) -> None:
        if self.door is not None:
            self.door.listen(None)
        TcpFile._stop_listening(self)

    def accept(self) -> TcpFile:
        door = self.door
        while door is not None and door.waiting and self.listening and not self._accepted:
            end = calls.ask_for(self._accepted_from, "socket.accept", handle=door.handle)
            if end is not None:
                return end
        return TcpFile.accept(self)

    def _accepted_from(self, message: calls.Message) -> SharedTcp | None:
        handle = getattr(message, "end", None)
        if handle is None:
            return None
        end = SharedTcp(self.family, self.type, self.proto)
        end.options = dict(self.options)
        end.sndbuf, end.rcvbuf = grown(self.sndbuf), self.rcvbuf
        local, remote = message.to.to_py(), getattr(message, "from").to_py()
        end.local, end.remote = (local["host"], local["port"]), (remote["host"], remote["port"])
        self.ports.join(end, end.local[1])
        join(end, Wire(end, handle))
        return end

    def pass_waiting(self) -> None:
        """Before others accept, too: those who wait here wait at the broker."""
        door = self.door
        assert door is not None
        door.shared = True
        while self._accepted:
            end = self._accepted.popleft()
            wire = share(end)
            names = {"from": named(end.remote), "to": named(end.local)}
            calls.tell("socket.queue", handle=door.handle, end=wire.handle, **names)
            wire.forget()
            end.unbind()
        while self._waiting:
            self._waiting.popleft()._reach()

    # Connecting

    def connected(self, wire: Wire) -> None:
        """The broker has answered."""
        self._untimed()
        self.sndbuf = grown(self.sndbuf)
        self.wire, self.peer, self.state = wire, _Far(self, wire), CONNECTED
        self.changed(ANYTHING)

    # Ending

    def shut_arrived(self, own: bool, receives: bool, sends: bool) -> None:
        if not own:
            if receives:
                self.finish_arrived()
        elif sends and self.sends:
            self.sends = False
            if self.finished:
                self.state, self.receives = CLOSED, False
            self.changed(ANYTHING)

    def over_arrived(self, reset: bool) -> None:
        if reset:
            self.reset_arrived()
            return
        if not self.finished:
            self.finish_arrived()
        if isinstance(self.peer, _Far):
            self.peer.gone = True

    def released(self) -> None:
        wire, door = self.wire, self.door
        # What it does to its name from here on does not concern others who hold it.
        self.door = None
        if wire is None:
            TcpFile.released(self)
        else:
            linger = self.options.get((SOL_SOCKET, SO_LINGER), (0, 0))
            reset = self.incoming.size > 0 or linger == (1, 0)
            if self.state == CONNECTED and self.sends and not self.finished and not wire.shared:
                self.ports.linger(self, self.local)
            self.unbind()
            self.incoming.clear()
            self._carried(0, lambda: wire.close(reset=reset))
            self._orphan, self.state, self.peer = True, CLOSED, None
        if door is not None:
            door.close()


class _Far(TcpFile):
    """The other end, which other processes may hold: what arrives there goes to the broker."""

    __slots__ = ("_wire", "gone")

    def __init__(self, near: SharedTcp, wire: Wire) -> None:
        TcpFile.__init__(self, near.family, near.type, near.proto)
        self.incoming = wire.outgoing
        self.state, self.peer = CONNECTED, near
        self._wire = wire
        #: Nobody holds it any more: what comes is refused.
        self.gone = False

    def data_arrived(self, chunk: bytes) -> None:
        near = self.peer
        if self.gone and near is not None:
            near.reset_arrived()
        else:
            self.incoming.append(chunk)

    def urgent_arrived(self, chunk: bytes) -> None:
        raise failure(EOPNOTSUPP)

    def finish_arrived(self) -> None:
        self._wire.shutdown(False, True)

    def reset_arrived(self) -> None:
        self._wire.shutdown(True, True, reset=True)


def named(name: tuple[str, int]) -> dict[str, object]:
    host, port = name
    return {"host": host, "port": port}


def become(file: TcpFile) -> SharedTcp:
    """From now on `file` is one of which others know."""
    if not isinstance(file, SharedTcp):
        file.__class__ = SharedTcp
    return file  # pyright: ignore[reportReturnType]: it has just become one


def join(end: SharedTcp, wire: Wire) -> None:
    """`end` is connected by `wire` from its beginning."""
    end.state, end._told = CONNECTED, _SUCCESS
    end.wire, end.peer = wire, _Far(end, wire)
    wire.opened()


def share(end: TcpStream) -> Wire:
    """Hands a connection of this process to the broker, with what is under way in it."""
    if end.wire is not None:
        return end.wire
    assert isinstance(end, TcpFile)
    near = become(end)
    second = near.peer
    wire = Wire(near)
    # The other end may have gone: then it goes again.
    lost = TcpFile(near.family, near.type, near.proto) if second is None else second
    assert isinstance(lost, TcpFile)
    other = become(lost)
    far = Wire(other)
    calls.tell("socket.make", handle=wire.handle, peer=far.handle)
    for receiver, its, sender in ((near, wire, far), (other, far, wire)):
        incoming = receiver.incoming
        its.readable = incoming.size > 0
        if incoming.size:
            sender.outgoing.append(incoming.take(incoming.size))
    for file, its in ((near, wire), (other, far)):
        file.wire = its
        if not file.sends:
            its.shutdown(False, True)
    if second is None:
        far.close(reset=near.state != CONNECTED and not near.finished)
        return wire
    near.peer, other.peer = _Far(near, wire), _Far(other, far)
    return wire


def connect(client: TcpFile) -> None:
    """Asks the broker who listens where `client` wants to go."""
    from_page = client.is_outside
    near = become(client)
    wire = Wire(near)
    wire.blocks = not from_page

    def answered(message: calls.Message) -> None:
        if getattr(message, "error", None) is not None:
            wire.forget()
            near.reset_arrived()
        elif near.state != CONNECTING:
            wire.close(reset=True)
        else:
            near.connected(wire)

    names = {"to": named(near.remote), "from": named(near.local)}
    calls.request(answered, "socket.connect", handle=wire.handle, wait=True, **names)
