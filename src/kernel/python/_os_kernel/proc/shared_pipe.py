"""A pipe that the broker keeps, since other processes hold ends of it, too.

It takes the place of a `Pipe` behind this process's `PipeEnd`s. Invariant: where this process holds
the reading end alone it may have read ahead (`_ahead`), and gives that back before it shares the
end; where it shares the end it asks for no more than a program reads.

What `poll` calls readable may still lie at the broker. A read brings it (`_fetch`), and waits for
that even where the program does not want to wait, since the broker answers at once.
"""

from errno import EAGAIN, EINVAL, EPIPE

from .. import machine
from ..files.events import ANYTHING, ERR, HUP, READABLE, WRITABLE
from ..files.open_file import O_ACCMODE, O_RDONLY, O_WRONLY, failure, new_inode
from ..files.pipe import PAGE, PAGES, Pipe, PipeEnd
from . import calls

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from ..files.open_file import Octets
    from .calls import Message

    class Reads(Protocol):
        """What a process knows of an end that it reads from or writes to."""

        def state(self, message: Message) -> None: ...
        def stopped(self) -> None: ...
        def taken(self, size: int) -> None: ...
        def broken(self) -> None: ...


#: Bytes that may be under way from one writing end, as Linux keeps in a pipe.
WINDOW = 65536
_READ_AHEAD = 65536
#: Shared pipes by the handles of their ends.
_reading: dict[int, Reads] = {}
_writing: dict[int, Reads] = {}


class _Beginning:
    """What was said of ends that this process had from its beginning, until it has opened them."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.over = False


_beginning = _Beginning()


class SharedPipe:
    """What this process knows of such a pipe."""

    #: As a `Pipe` has them.
    room = PAGES
    external = True

    def __init__(self, reader: int | None, writer: int | None, inode: int | None = None) -> None:
        self.inode = new_inode() if inode is None else inode
        #: The broker's names of the ends that this process holds.
        self.reader, self.writer = reader, writer
        self.readers: dict[PipeEnd, None] = {}
        self.writers: dict[PipeEnd, None] = {}
        self.reads_opened = self.writes_opened = 0
        #: What has come and was not read.
        self._ahead = bytearray()
        #: The request that is open.
        self._asked: int | None = None
        #: What the broker has last said of the reading end.
        self._readable = self._ended = self._shared = False
        #: Bytes that may still be written.
        self._window = WINDOW
        self._broken = False
        #: Whether this process, which holds both ends, has done something to one of which the
        #: other has not heard.
        self._behind = False
        #: Whether the broker was asked to give nothing more, and whether what has come by then
        #: stays here, since a read takes it.
        self._stopping = self._keeps = False
        #: Who waits for what the broker says next.
        self._waiting: list[calls.BrokerWait] = []
        if reader is not None:
            _reading[reader] = self
        if writer is not None:
            _writing[writer] = self

    def end(self, flags: int) -> PipeEnd:
        """Another open end, of a side that this process holds."""
        access = flags & O_ACCMODE
        if (access != O_WRONLY and self.reader is None) or (
            access != O_RDONLY and self.writer is None
        ):
            raise failure(EINVAL)
        return PipeEnd(self, flags)

    def opened(self, end: PipeEnd) -> None:
        access = end.flags & O_ACCMODE
        if access != O_WRONLY:
            self.readers[end] = None
        if access != O_RDONLY:
            self.writers[end] = None

    def closed(self, end: PipeEnd) -> None:
        self.readers.pop(end, None)
        self.writers.pop(end, None)
        if not self.readers and self.reader is not None:
            calls.tell("handle.close", handle=self.reader)
            del _reading[self.reader]
            self.reader = None
        if not self.writers and self.writer is not None:
            self._behind = self.reader is not None
            calls.tell("handle.close", handle=self.writer)
            del _writing[self.writer]
            self.writer = None

    def length(self) -> int:
        return len(self._ahead)

    def resize(self, size: int) -> int:
        raise failure(EINVAL)

    def poll(self, end: PipeEnd) -> int:
        events = 0
        if end in self.readers:
            if self._ahead or self._readable:
                events |= READABLE
            elif self._ended:
                events |= HUP
            self._read_ahead()
        if end in self.writers:
            if self._window >= PAGE:
                events |= WRITABLE
            if self._broken:
                events |= ERR
        return events

    def read(self, size: int) -> bytes:
        self._fetch(size)
        if self._ahead:
            data = bytes(self._ahead[:size])
            del self._ahead[:size]
            return data
        if self._ended and not self._readable:
            return b""
        self._ask(self._wanted(size))
        raise failure(EAGAIN)

    def write(self, data: Octets) -> int:
        if self._broken:
            raise failure(EPIPE)
        size = len(data)
        # A short write is written whole or not at all.
        if not self._window or (size <= PAGE and size > self._window):
            raise failure(EAGAIN)
        size = min(size, self._window)
        self._window -= size
        self._behind = self.reader is not None
        calls.tell("pipe.write", data[:size], handle=self.writer)
        return size

    def catch_up(self) -> bool:
        if not self._behind or not machine.may_wait():
            return False
        self._behind = False
        # Whatever is asked: the broker answers in the order in which it was told.
        calls.ask("process.ask", target=0)
        return True

    def _fetch(self, size: int) -> None:
        """Brings what lies at the broker, so that what can be read now is read now."""
        if not size or not machine.may_wait():
            return
        while self._readable and not self._ahead and self._stopping:
            self._wait()
        if not self._readable or self._ahead:
            return
        self._ask(self._wanted(size))
        if self._shared:
            # Others may be quicker; then nothing is left open here.
            self._keeps = True
            self._stop()
        while self._asked is not None:
            self._wait()

    def _wanted(self, size: int) -> int:
        return size if self._shared else max(size, _READ_AHEAD)

    def _wait(self) -> None:
        """Waits for what the broker says next, which is under way."""
        wait = calls.BrokerWait(None)
        self._waiting.append(wait)
        wait.block()

    def _said(self) -> None:
        waiting, self._waiting = self._waiting, []
        for wait in waiting:
            wait.wake()

    def abandoned(self) -> None:
        """What comes for a read that was given up goes back to those who share the end."""
        if self._shared and self._asked is not None and not self._stopping:
            self._stop()

    def _read_ahead(self) -> None:
        if not self._shared and not self._ahead and not self._ended:
            self._ask(_READ_AHEAD)

    def _ask(self, size: int) -> None:
        if self._asked is None and not self._stopping:
            self._asked = calls.request(self._arrived, "pipe.read", handle=self.reader, size=size)

    def _arrived(self, message: Message) -> None:
        self._asked = None
        self._ahead += message.content.to_bytes()
        self._readable = message.more
        self._said()
        if self.readers:
            _tell(self.readers, READABLE if self._ahead else ANYTHING)

    def _stop(self) -> None:
        self._stopping = True
        calls.tell("pipe.stop", handle=self.reader)

    def stopped(self) -> None:
        """The broker gives no more; what was not read goes back to it."""
        self._asked = None
        back = b"" if self._keeps else bytes(self._ahead)
        calls.tell("pipe.unread", back, handle=self.reader)
        if not self._keeps:
            self._ahead.clear()
        self._stopping = self._keeps = False
        self._said()
        _tell(self.readers, READABLE)

    def give_back(self) -> None:
        """Before another process holds the reading end, too: nothing of it stays here."""
        self._shared = True
        while self._asked is not None or self._ahead or self._stopping:
            if not self._stopping:
                self._stop()
            self._wait()

    def state(self, message: Message) -> None:
        self._readable, self._ended = message.readable, message.ended
        self._shared = message.shared
        if self._readable or self._ended:
            _tell(self.readers, ANYTHING)

    def taken(self, size: int) -> None:
        self._window += size
        if self._window >= PAGE:
            _tell(self.writers, WRITABLE)

    def broken(self) -> None:
        self._broken = True
        _tell(self.writers, ANYTHING)


def _tell(ends: dict[PipeEnd, None], events: int) -> None:
    for end in list(ends):
        end.changed(events)


def share(pipe: Pipe) -> SharedPipe:
    """Hands a pipe of this process to the broker, with what lies in it."""
    reader = next(calls.handles) if pipe.readers else None
    writer = next(calls.handles) if pipe.writers else None
    shared = SharedPipe(reader, writer, pipe.inode)
    ends = {**pipe.readers, **pipe.writers}
    content = pipe.take(1 << 30)
    calls.tell("pipe.make", content, reader=reader, writer=writer)
    for end in ends:
        end.pipe = shared
        shared.opened(end)
    if writer is None:
        shared._ended = True
    if reader is None:
        shared._broken = True
    shared._readable = bool(content)
    return shared


def inherited(handle: int, flags: int) -> PipeEnd:
    """An end that this process had when it began, by the broker's name for it."""
    if flags & O_ACCMODE == O_WRONLY:
        end = PipeEnd(SharedPipe(None, handle), flags)
    else:
        end = PipeEnd(SharedPipe(handle, None), flags)
    replay(handle)
    return end


def hold(handle: int, known: Reads) -> None:
    """From now on `known` hears what the broker says of the end `handle`."""
    _reading[handle] = known


def forget(handle: int) -> None:
    _reading.pop(handle, None)


def replay(handle: int) -> None:
    """Hears what was said of `handle` before it was opened."""
    for message in _beginning.messages:
        if message.handle == handle:
            calls.heard[message.type](message)


def early(message: Message) -> None:
    """Keeps what was said of something that is not open yet."""
    if not _beginning.over and message.handle < 0:
        _beginning.messages.append(message)


def begun() -> None:
    """All that this process has from its beginning is open."""
    _beginning.over = True
    _beginning.messages.clear()


def _heard(message: Message) -> None:
    handle, act = message.handle, message.type
    pipe = _reading.get(handle) or _writing.get(handle)
    if pipe is None:
        early(message)
    elif act == "pipe.state":
        pipe.state(message)
    elif act == "pipe.stopped":
        pipe.stopped()
    elif act == "pipe.taken":
        pipe.taken(message.bytes)
    else:
        pipe.broken()


for _type in ("pipe.state", "pipe.stopped", "pipe.taken", "pipe.broken"):
    calls.heard[_type] = _heard
