"""An open file: what a descriptor stands for, Linux's "open file description".

Several descriptors may stand for one open file (`dup`), and it lives until the last of them is
closed. Pipes' ends, sockets, epolls and the keyboard are kinds of it.

Invariant: nothing here blocks. What cannot be done at once raises BlockingIOError, and whoever
changes what an open file is ready for calls `changed`.
"""

from errno import EINVAL, ENOTTY
from itertools import count
from os import strerror

O_ACCMODE, O_RDONLY, O_WRONLY, O_RDWR = 3, 0, 1, 2
O_NONBLOCK, O_CLOEXEC = 0o4000, 0o2000000

_numbers = count(1)
#: Of what has no name in the file system, apart from those that Emscripten gives.
_inodes = count(1 << 24)


def failure(number):
    """The OSError of an error number."""
    return OSError(number, strerror(number))


def new_inode():
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

    def __init__(self, flags=O_RDWR, inode=None):
        #: What the machine calls it.
        self.number = next(_numbers)
        #: Access mode and status flags: O_RDONLY, O_NONBLOCK and the like.
        self.flags = flags
        self.inode = new_inode() if inode is None else inode
        #: Descriptors that stand for it, and calls under way that use it.
        self.references = 0
        #: Threads and epolls that want to hear of changes, in the order in which they came.
        self.watchers = {}

    @property
    def nonblocking(self):
        return bool(self.flags & O_NONBLOCK)

    def poll(self):
        """The events that it is ready for now."""
        raise NotImplementedError

    def read(self, size):
        """At most `size` bytes, b"" at the end; `size` is positive."""
        raise failure(EINVAL)

    def write(self, data):
        """Takes what there is room for of `data`, and answers with how much that was."""
        raise failure(EINVAL)

    def available(self):
        """How many bytes can be read now (FIONREAD)."""
        raise failure(ENOTTY)

    def reopen(self, flags):
        """The open file that opening `/dev/fd/N` gives."""
        from errno import ENXIO

        raise failure(ENXIO)

    def awaited(self, events):
        """A thread is about to wait for `events`."""

    def abandoned(self):
        """A signal's handler has ended a read that waited."""

    def released(self):
        """Its last descriptor was closed."""

    def changed(self, events):
        """Tells those who watch for one of `events`; of those that share a wake-up, one."""
        served = False
        for watcher in list(self.watchers):
            if not watcher.mask & events or (served and watcher.exclusive):
                continue
            if watcher.notify(events) and watcher.exclusive:
                served = True
