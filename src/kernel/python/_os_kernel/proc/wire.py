"""The broker's half of an end of a connection: what comes from other processes, and what goes.

What comes is put into the socket's `incoming`; the other end is a socket object that nobody holds,
whose `incoming` sends all that is put into it. So a socket does what it does inside one process.

Invariant: as with pipes, a process that holds the end alone may have read ahead, and gives that
back before it shares the end; where it shares it, it asks for no more than a program takes.
"""

from .. import machine
from ..files.events import ANYTHING, PRI, RDBAND, READABLE, WRBAND, WRITABLE
from ..net.byte_queue import ByteQueue
from . import calls, passing, shared_pipe

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .calls import Message
    from .shared_tcp import SharedTcp
    from .shared_unix import SharedUnix

    type SharedFile = SharedUnix | SharedTcp

_READ_AHEAD = 65536
_ARRIVED = READABLE | PRI | RDBAND


class Outgoing(ByteQueue):
    """What is under way to the other end: the broker has the bytes."""

    __slots__ = ("_wire", "passed")

    def __init__(self, wire: Wire) -> None:
        ByteQueue.__init__(self)
        self._wire = wire
        #: Descriptions of open files that go along with the next bytes.
        self.passed: list[dict[str, object]] = []

    def append(self, chunk: bytes) -> None:
        self.size += len(chunk)
        fields = {}
        if self.passed:
            fields["passed"], self.passed = self.passed, []
        calls.tell("pipe.write", chunk, handle=self._wire.handle, **fields)


class Wire:
    """What this process knows of an end that the broker keeps."""

    __slots__ = (
        "_asked",
        "_ended",
        "_keeps",
        "_stopping",
        "_waiting",
        "blocks",
        "file",
        "handle",
        "outgoing",
        "readable",
        "shared",
    )

    def __init__(self, file: SharedFile, handle: int | None = None) -> None:
        self.file = file
        self.handle = next(calls.handles) if handle is None else handle
        self.outgoing = Outgoing(self)
        #: Whether a thread of the program uses it, which can wait, and not the page.
        self.blocks = True
        #: The request that is open.
        self._asked: int | None = None
        #: What the broker has last said.
        self.readable = self.shared = self._ended = False
        #: Whether the broker was asked to give nothing more for it, and whether what has come by
        #: then stays here, since a call takes it.
        self._stopping = self._keeps = False
        #: Who waits for an answer.
        self._waiting: list[calls.BrokerWait] = []
        shared_pipe.hold(self.handle, self)
        _wires[self.handle] = self

    def fetch(self, size: int) -> None:
        """Brings what lies at the broker, so that what can be read now is read now."""
        if self.file.incoming.size or not size or not self.readable:
            return
        self.ask(size)
        if not self.blocks or not machine.may_wait():
            return
        if self.shared and self._asked is not None and not self._stopping:
            # Others may be quicker; then nothing is left open here.
            self._keeps = True
            self._stop()
        while self._asked is not None:
            self._wait()

    def _wait(self) -> None:
        """Waits for the next answer, which comes."""
        wait = calls.BrokerWait(None)
        self._waiting.append(wait)
        wait.block()

    def _answered(self) -> None:
        self._asked = None
        waiting, self._waiting = self._waiting, []
        for wait in waiting:
            wait.wake()

    def ask(self, size: int) -> None:
        """Asks for what comes, unless nothing can."""
        if self._asked is None and not self._stopping and not (self._ended and not self.readable):
            size = size if self.shared else max(size, _READ_AHEAD)
            self._asked = calls.request(self._arrived, "pipe.read", handle=self.handle, size=size)

    def read_ahead(self) -> None:
        if not self.shared and not self.file.incoming.size:
            self.ask(_READ_AHEAD)

    def _arrived(self, message: Message) -> None:
        self._answered()
        content = message.content.to_bytes()
        self.readable = message.more
        if content:
            passed = getattr(message, "passed", None)
            self.file.arrive(content, None if passed is None else passed.to_py())
        self.file.changed(_ARRIVED if content else ANYTHING)

    def abandoned(self) -> None:
        """What comes for a call that was given up goes back to those who share the end."""
        if self.shared and self._asked is not None and not self._stopping:
            self._stop()

    def _stop(self) -> None:
        self._stopping = True
        calls.tell("pipe.stop", handle=self.handle)

    def stopped(self) -> None:
        """The broker gives no more; what was not taken goes back to it."""
        self._stopping = False
        self._answered()
        content, beside = (b"", None) if self._keeps else self.file.give_back()
        self._keeps = False
        fields = {} if beside is None else {"passed": passing.described(beside)}
        calls.tell("pipe.unread", content, handle=self.handle, **fields)
        if beside is not None:
            beside.drop()
        self.file.changed(READABLE)

    def give_back(self) -> None:
        """Before another process holds the end, too: nothing of it stays here."""
        self.shared = True
        while self._asked is not None or self.file.incoming.size or self._stopping:
            if not self._stopping:
                self._stop()
            self._wait()

    def state(self, message: Message) -> None:
        self.readable, self._ended = message.readable, message.ended
        self.shared = message.shared
        if self.readable:
            self.file.changed(_ARRIVED)

    def taken(self, size: int) -> None:
        self.outgoing.size -= size
        self.outgoing.taken += size
        if self.file.watchers and self.file.has_room():
            self.file.changed(WRITABLE | WRBAND)

    def broken(self) -> None:
        """Pipes are told so; of connections it is said that they are over."""

    def shutdown(self, receives: bool, sends: bool, *, reset: bool = False) -> None:
        calls.tell(
            "socket.shutdown", handle=self.handle, receives=receives, sends=sends, reset=reset
        )

    def close(self, *, reset: bool) -> None:
        calls.tell("handle.close", handle=self.handle, reset=reset)
        self.forget()

    def forget(self) -> None:
        shared_pipe.forget(self.handle)
        _wires.pop(self.handle, None)

    def opened(self) -> None:
        """It came from another process, and hears now what was said of it meanwhile."""
        shared_pipe.replay(self.handle)


_wires: dict[int, Wire] = {}


def _heard(message: Message) -> None:
    wire = _wires.get(message.handle)
    if wire is None:
        shared_pipe.early(message)
    elif message.type == "socket.over":
        wire.file.over_arrived(message.reset)
    else:
        wire.file.shut_arrived(message.own, message.receives, message.sends)


calls.heard["socket.over"] = calls.heard["socket.shut"] = _heard
