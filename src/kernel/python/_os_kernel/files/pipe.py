"""Pipes: bytes in pages, as Linux keeps them (fs/pipe.c), so that what has room for what agrees.

Invariant: at most PIPE_BUF bytes are written whole or not at all; a page is used by one write, or
by several whose bytes fit into it together.
"""

from collections import deque
from errno import EAGAIN, EBUSY, EINVAL, EPERM, EPIPE

from .events import ANYTHING, ERR, HUP, READABLE, WRITABLE
from .open_file import O_ACCMODE, O_NONBLOCK, O_RDONLY, O_WRONLY, OpenFile, failure, new_inode

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..proc.shared_pipe import SharedPipe
    from .open_file import Octets

PAGE = 4096
#: Pages of a new pipe, and the most that a program may ask for.
PAGES, MOST_PAGES = 16, 256


def _tell(ends: Iterable[OpenFile], events: int) -> None:
    for end in list(ends):
        end.changed(events)


class Pipe:
    """What the ends of a pipe share."""

    external = False

    __slots__ = ("inode", "pages", "readers", "reads_opened", "room", "writers", "writes_opened")

    def __init__(self, inode: int | None = None) -> None:
        self.inode = new_inode() if inode is None else inode
        #: Lists of the bytes of a page, how many of them were read, and where they end.
        self.pages: deque[tuple[bytearray, int]] = deque()
        #: How many pages there may be.
        self.room = PAGES
        #: The open ends that read, and those that write.
        self.readers: dict[PipeEnd, None] = {}
        self.writers: dict[PipeEnd, None] = {}
        #: How often an end was opened, for those who wait in `open`.
        self.reads_opened = self.writes_opened = 0

    def end(self, flags: int) -> PipeEnd:
        """Another open end."""
        return PipeEnd(self, flags)

    def opened(self, end: PipeEnd) -> None:
        """`end` is open from now on."""
        access = end.flags & O_ACCMODE
        if access != O_WRONLY:
            self.readers[end] = None
            self.reads_opened += 1
        if access != O_RDONLY:
            self.writers[end] = None
            self.writes_opened += 1

    def closed(self, end: PipeEnd) -> None:
        """Nothing uses `end` any more."""
        self.readers.pop(end, None)
        self.writers.pop(end, None)
        if not self.readers and not self.writers:
            self.pages.clear()
        elif not self.readers or not self.writers:
            _tell(self.readers, ANYTHING)
            _tell(self.writers, ANYTHING)

    def poll(self, end: PipeEnd) -> int:
        events = 0
        if end in self.readers:
            if self.pages:
                events |= READABLE
            if not self.writers and end.opened_before != self.writes_opened:
                events |= HUP
        if end in self.writers:
            if len(self.pages) < self.room:
                events |= WRITABLE
            if not self.readers:
                events |= ERR
        return events

    def read(self, size: int) -> bytes:
        if not self.pages and self.writers:
            raise failure(EAGAIN)
        return self.take(size)

    def write(self, data: Octets) -> int:
        if not self.readers:
            raise failure(EPIPE)
        done = self.put(data)
        if not done and data:
            raise failure(EAGAIN)
        return done

    def catch_up(self) -> bool:
        """All that is done to it is known at once."""
        return False

    def abandoned(self) -> None:
        """A signal's handler has ended a read that waited."""

    def length(self) -> int:
        return sum(len(page) - start for page, start in self.pages)

    def resize(self, size: int) -> int:
        """F_SETPIPE_SZ; answers with the size that it has now."""
        if size < 0 or size > 1 << 31:
            raise failure(EINVAL)
        wanted = 1
        while wanted * PAGE < size:
            wanted *= 2
        if wanted > MOST_PAGES and wanted > self.room:
            raise failure(EPERM)
        if wanted < len(self.pages):
            raise failure(EBUSY)
        grew = wanted > self.room
        self.room = wanted
        if grew:
            _tell(self.writers, WRITABLE)
        return wanted * PAGE

    def take(self, size: int) -> bytes:
        was_full = len(self.pages) >= self.room
        parts = []
        while size and self.pages:
            page, start = self.pages[0]
            part = bytes(page[start : start + size])
            parts.append(part)
            size -= len(part)
            if start + len(part) == len(page):
                self.pages.popleft()
            else:
                self.pages[0] = (page, start + len(part))
        if was_full and len(self.pages) < self.room:
            _tell(self.writers, WRITABLE)
        return b"".join(parts)

    def put(self, data: Octets) -> int:
        done = 0
        rest = len(data) % PAGE
        if rest and self.pages and len(self.pages[-1][0]) + rest <= PAGE:
            self.pages[-1][0].extend(data[:rest])
            done = rest
        while done < len(data) and len(self.pages) < self.room:
            page = bytearray(data[done : done + PAGE])
            self.pages.append((page, 0))
            done += len(page)
        if done:
            _tell(self.readers, READABLE)
        return done


class PipeEnd(OpenFile):
    """An open end of a pipe; of a named pipe, one that reads and writes is possible.

    Other processes may hold ends of the pipe, too: then `pipe` is a `SharedPipe` (`proc/`).
    """

    __slots__ = ("opened_before", "pipe")

    mode = 0o010600
    label = "pipe"

    def __init__(self, pipe: Pipe | SharedPipe, flags: int) -> None:
        OpenFile.__init__(self, flags, pipe.inode)
        self.pipe = pipe
        #: Writers that had come and gone when this end was opened: only later ones hang up.
        self.opened_before = -1
        pipe.opened(self)

    @property
    def external(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Other processes may hold ends, too."""
        return self.pipe.external

    def without_writer(self) -> None:
        """It was opened when there was no writer, which is no hang-up until one has come."""
        self.opened_before = self.pipe.writes_opened

    def poll(self) -> int:
        return self.pipe.poll(self)

    def read(self, size: int) -> bytes:
        return self.pipe.read(size)

    def write(self, data: Octets) -> int:
        return self.pipe.write(data)

    def available(self) -> int:
        return self.pipe.length()

    def reopen(self, flags: int) -> PipeEnd:
        return self.pipe.end(flags & (O_ACCMODE | O_NONBLOCK))

    def catch_up(self) -> bool:
        return self.pipe.catch_up()

    def abandoned(self) -> None:
        self.pipe.abandoned()

    def released(self) -> None:
        self.pipe.closed(self)
