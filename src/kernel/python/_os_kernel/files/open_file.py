"""An open file: what a descriptor stands for, Linux's "open file description".

Several descriptors may stand for one open file (`dup`), and it lives until the last of them is
closed. Pipes' ends, sockets, epolls and the keyboard are kinds of it.

Invariant: nothing here blocks. What cannot be done at once raises BlockingIOError, and whoever
changes what an open file is ready for calls `changed`.
"""

from errno import EINVAL, ENOTTY
from itertools import count
from os import strerror

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    type Octets = bytes | bytearray | memoryview

    class Watcher(Protocol):
        """Who wants to hear of changes: a thread that waits, or an epoll."""

        @property
        def mask(self) -> int:
            """The events that it watches for."""
            ...

        @property
        def exclusive(self) -> bool:
            """Whether one wake-up serves it and others that share it."""
            ...

        def notify(self, events: int) -> bool:
            """True if somebody waits there."""
            ...

        def file_released(self) -> None:
            """The last descriptor of the file was closed."""
            ...


O_ACCMODE, O_RDONLY, O_WRONLY, O_RDWR = 3, 0, 1, 2
O_NONBLOCK, O_CLOEXEC = 0o4000, 0o2000000

_numbers = count(1)
#: Of what has no name in the file system, apart from those that Emscripten gives.
_inodes = count(1 << 24)


def failure(number: int) -> OSError:
    """The OSError of an error number."""
    return OSError(number, strerror(number))


def new_inode() -> int:
    return next(_inodes)


class OpenFile:
    """One open file of the kernel's."""

    __slots__ = ("flags", "inode", "number", "references", "watchers")

    #: `st_mode` of `fstat`.
    mode = 0o600
    #: What `/proc/self/fd` calls it, before the inode.
    label = "anon_inode"
    #: False for what `epoll` refuses.
    pollable = True
    #: Whether something outside Python may change what it is ready for: a client in the page.
    external = False

    def __init__(self, flags: int = O_RDWR, inode: int | None = None) -> None:
        #: What the machine calls it.
        self.number = next(_numbers)
        #: Access mode and status flags: O_RDONLY, O_NONBLOCK and the like.
        self.flags = flags
        self.inode = new_inode() if inode is None else inode
        #: Descriptors that stand for it, and calls under way that use it.
        self.references = 0
        #: Threads and epolls that want to hear of changes, in the order in which they came.
        self.watchers: dict[Watcher, None] = {}

    @property
    def nonblocking(self) -> bool:
        return bool(self.flags & O_NONBLOCK)

    def poll(self) -> int:
        """The events that it is ready for now."""
        raise NotImplementedError

    def read(self, size: int) -> bytes:
        """At most `size` bytes, b"" at the end; `size` is positive."""
        raise failure(EINVAL)

    def write(self, data: Octets) -> int:
        """Takes what there is room for of `data`, and answers with how much that was."""
        raise failure(EINVAL)

    def available(self) -> int:
        """How many bytes can be read now (FIONREAD)."""
        raise failure(ENOTTY)

    def reopen(self, flags: int) -> OpenFile:
        """The open file that opening `/dev/fd/N` gives."""
        from errno import ENXIO

        raise failure(ENXIO)

    def awaited(self, events: int) -> None:
        """A thread is about to wait for `events`."""

    def catch_up(self) -> bool:
        """Before a call says that nothing is ready: waits for what this process has done to it to
        come back from the broker. False if there is nothing to wait for.
        """
        return False

    def abandoned(self) -> None:
        """A signal's handler has ended a read that waited."""

    def released(self) -> None:
        """Its last descriptor was closed."""

    def changed(self, events: int) -> None:
        """Tells those who watch for one of `events`; of those that share a wake-up, one."""
        served = False
        for watcher in list(self.watchers):
            if not watcher.mask & events or (served and watcher.exclusive):
                continue
            if watcher.notify(events) and watcher.exclusive:
                served = True
