"""Stream sockets of AF_UNIX with which other processes have to do: a connection, or a name.

An open file becomes one of these when that begins (`become`), and its descriptors do not notice.
Invariant: what is not between processes is done by the class that it was of before.
"""

from errno import ECONNRESET

from ..files.events import READABLE
from ..net.ancillary import Ancillary
from ..net.unix_stream import UnixStream
from . import calls, passing
from .wire import Wire

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..net.socket_file import Address, Data, Message
    from ..net.unix import UnixConnection


class SharedUnix(UnixStream):
    """A stream socket of which other processes know."""

    __slots__ = ()
    external = True

    @property
    def shared(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.door is not None and self.door.shared

    # Receiving

    def something(self) -> bool:
        return self.incoming.size > 0 or (self.wire is not None and self.wire.readable)

    def poll(self) -> int:
        events = UnixStream.poll(self)
        if self.wire is not None:
            self.wire.read_ahead()
        elif self.door is not None and self.listening and self.door.waiting:
            events |= READABLE
        return events

    def take(self, size: int, flags: int) -> bytes | None:
        wire = self.wire
        if wire is None:
            return UnixStream.take(self, size, flags)
        wire.fetch(size)
        data = UnixStream.take(self, size, flags)
        if data is None:
            wire.ask(size)
        return data

    def take_message(self, size: int, flags: int, room: int) -> Message | None:
        wire = self.wire
        if wire is None:
            return UnixStream.take_message(self, size, flags, room)
        wire.fetch(size)
        message = UnixStream.take_message(self, size, flags, room)
        if message is None:
            wire.ask(size)
        return message

    def abandoned(self) -> None:
        if self.wire is not None:
            self.wire.abandoned()

    def arrive(self, content: bytes, passed: list[dict[str, Any]] | None) -> None:
        incoming = self.incoming
        if passed is not None:
            beside = Ancillary([])
            beside.rights += passing.kept(passed)
            start = incoming.taken + incoming.size
            self._marks.append((start, start + len(content), beside))
        incoming.append(content)

    def give_back(self) -> tuple[bytes, Ancillary | None]:
        """What has come and was not taken, and what stands beside its first byte."""
        beside = self._marks.popleft()[2] if self._marks else None
        return self.incoming.take(self.incoming.size), beside

    # Sending

    def put_message(
        self, data: Data, flags: int, address: Address, ancillary: Ancillary | None
    ) -> int | None:
        wire = self.wire
        if wire is None or ancillary is None or not ancillary.rights:
            return UnixStream.put_message(self, data, flags, address, None if wire else ancillary)
        wire.outgoing.passed = passing.described(ancillary)
        try:
            sent = UnixStream.put_message(self, data, flags, address, None)
        finally:
            wire.outgoing.passed = []
        if sent:
            ancillary.drop()
        return sent

    def has_room(self) -> bool:
        return self.wire is None or 4 * self.wire.outgoing.size <= self.sndbuf

    # Listening

    def listen(self, backlog: int) -> None:
        UnixStream.listen(self, backlog)
        if self.door is not None:
            self.door.listen(max(0, backlog))

    def accept(self) -> UnixConnection:
        door = self.door
        while door is not None and door.waiting and self.listening and not self._accepted:
            end = calls.ask_for(self._accepted_from, "socket.accept", handle=door.handle)
            if end is not None:
                return end
        return UnixStream.accept(self)

    def _accepted_from(self, message: calls.Message) -> SharedUnix | None:
        handle = getattr(message, "end", None)
        if handle is None:
            return None
        end = SharedUnix(self.type, self.proto)
        end.sndbuf, end.rcvbuf = self.sndbuf, self.rcvbuf
        end.bound = self.bound
        given = getattr(message, "from", None)
        if given is not None:
            end.remote = given.to_py()["key"].encode("latin-1")
        join(end, Wire(end, handle))
        return end

    def pass_waiting(self) -> None:
        """Before others accept, too: those who wait here wait at the broker."""
        door = self.door
        assert door is not None
        door.shared = True
        to = {"key": ""}
        while self._accepted:
            end = self._accepted.popleft()
            assert isinstance(end, UnixStream)
            wire = share(end)
            name = {"key": end.remote.decode("latin-1")} if end.remote else None
            calls.tell("socket.queue", handle=door.handle, end=wire.handle, **{"from": name}, to=to)
            wire.forget()
        self._room_made()

    # Ending

    def shutdown(self, receives: bool, sends: bool) -> None:
        UnixStream.shutdown(self, receives, sends)
        if self.wire is not None:
            self.wire.shutdown(receives, sends)

    def shut_arrived(self, own: bool, receives: bool, sends: bool) -> None:
        UnixStream.shutdown(self, receives, sends)

    def over_arrived(self, reset: bool) -> None:
        if self.peer is not None:
            self.hung_up(ECONNRESET if reset else 0)

    def released(self) -> None:
        wire, door = self.wire, self.door
        if wire is None:
            UnixStream.released(self)
        else:
            self.unbind()
            wire.close(reset=self.incoming.size > 0)
            self.peer = None
            self.drop()
        if door is not None:
            door.close()


class _Far(UnixStream):
    """The other end, which other processes may hold: all that is put into it goes there."""

    __slots__ = ()

    def __init__(self, near: SharedUnix, wire: Wire) -> None:
        UnixStream.__init__(self)
        self.incoming = wire.outgoing
        self.pair(near)


def become(file: UnixStream) -> SharedUnix:
    """From now on `file` is one of which others know."""
    if not isinstance(file, SharedUnix):
        file.__class__ = SharedUnix
    return file  # pyright: ignore[reportReturnType]: it has just become one


def join(end: SharedUnix, wire: Wire) -> None:
    """`end` is connected by `wire` from now on."""
    end.wire = wire
    end.pair(_Far(end, wire))
    wire.opened()


def share(end: UnixStream) -> Wire:
    """Hands a connection of this process to the broker, with what is under way in it."""
    if end.wire is not None:
        return end.wire
    first, second = end, end.peer
    near = become(first)
    wire = Wire(near)
    # The other end may have been closed: then it is closed again.
    lost = UnixStream() if second is None else second
    assert isinstance(lost, UnixStream)
    other = become(lost)
    far = Wire(other)
    calls.tell("socket.make", handle=wire.handle, peer=far.handle)
    _move(near, wire, far)
    _move(other, far, wire)
    receives, sends, error = near.receives, near.sends, near.error
    if second is None:
        far.close(reset=error == ECONNRESET)
        near.wire = wire
    else:
        if not (receives and sends):
            wire.shutdown(not receives, not sends)
        for file, its in ((near, wire), (other, far)):
            file.wire = its
            file.peer = _Far(file, its)
            file.peer.receives, file.peer.sends = file.sends, file.receives
    return wire


def _move(receiver: SharedUnix, its: Wire, sender: Wire) -> None:
    """What `receiver` has not taken goes to the broker, as if it were sent now."""
    incoming, marks = receiver.incoming, receiver._marks
    its.readable = incoming.size > 0
    while incoming.size:
        size, beside = incoming.size, None
        if marks:
            start, end, beside = marks[0]
            size = (end if start == incoming.taken else start) - incoming.taken
            if start == incoming.taken:
                marks.popleft()
                sender.outgoing.passed = passing.described(beside)
            else:
                beside = None
        sender.outgoing.append(incoming.take(size))
        if beside is not None:
            beside.drop()
