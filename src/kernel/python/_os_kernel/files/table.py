"""The table of descriptors.

The machine keeps it (src/kernel/machine/descriptors.ts), where C's `close`, `dup2` and `open`
reach it, too; here stand the open files behind the numbers.

Invariant: `settle` has taken in what C has changed before anything is looked up or opened; an open
file is released when its last descriptor is closed and no call uses it any more.
"""

import posix
from errno import EBADF, EMFILE

from .. import machine
from ..sched import inbox
from .events import OUT, READABLE, WRITABLE, WRNORM
from .open_file import OpenFile, failure

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class HasFileno(Protocol):
        def fileno(self) -> int: ...

    #: What CPython takes for a descriptor.
    type Numbered = int | HasFileno

#: The open files of the kernel's by descriptor.
_descriptors: dict[int, OpenFile] = {}
#: The open files by number, as long as they have a descriptor.
_files: dict[int, OpenFile] = {}
#: Set by the machine when C has changed the table.
_notice = bytearray(1)

_NOTHING, _REGULAR, _STREAM = range(3)
_FOREIGN_KINDS = 4


class Foreign(OpenFile):
    """An open file of Emscripten's: always ready. One exists for each look, and they are equal."""

    __slots__ = ("_fd", "_key")

    def __init__(self, fd: int, key: int) -> None:
        OpenFile.__init__(self)
        self._fd = fd
        self._key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Foreign) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def pollable(self) -> bool:
        return self._key % _FOREIGN_KINDS == _STREAM

    @property
    def identity(self) -> int:
        """A number that tells this open file from others."""
        return self._key // _FOREIGN_KINDS

    def poll(self) -> int:
        if machine.descriptor_foreign(self._fd) != self._key:
            return 0
        return OUT | WRNORM if self.pollable else READABLE | WRITABLE


def begin() -> None:
    """The machine is there."""
    machine.descriptor_notice(_notice)


def settle() -> None:
    """Takes in what C has changed."""
    while _notice[0]:
        _notice[0] = 0
        while (change := machine.descriptor_change()) is not None:
            _take(*change)


def _take(what: str, number: int, file: int) -> None:
    if what == "closed":
        _forget(number)
    elif what == "copied":
        _refer(number, _files[file])
    elif what == "flags":
        if file in _files:
            _files[file].flags = number
    else:
        released_foreign(file)


#: Called with the number of an open file of Emscripten's that was closed.
released_foreign: Callable[[int], None] | None = None


def _refer(fd: int, file: OpenFile) -> None:
    _descriptors[fd] = file
    _files[file.number] = file
    file.references += 1


def _forget(fd: int) -> None:
    _let_go(_descriptors.pop(fd))


def _let_go(file: OpenFile) -> None:
    file.references -= 1
    if file.references == 0:
        _files.pop(file.number, None)
        for watcher in list(file.watchers):
            watcher.file_released()
        file.released()


class held:
    """Keeps `file` from being released while a call uses it, as Linux does."""

    __slots__ = ("file",)

    def __init__(self, file: OpenFile) -> None:
        self.file = file

    def __enter__(self) -> None:
        self.file.references += 1

    def __exit__(self, *exc_info: object) -> None:
        _let_go(self.file)


def find(fd: int) -> OpenFile | None:
    """The open file that `fd` stands for, or None: one of the kernel's or a `Foreign`."""
    if _notice[0]:
        settle()
    file = _descriptors.get(fd)
    if file is not None:
        return file
    key = machine.descriptor_foreign(fd) if fd >= 0 else _NOTHING
    return Foreign(fd, key) if key else None


def own(fd: int) -> OpenFile | None:
    """The open file of the kernel's that `fd` stands for, or None."""
    if _notice[0]:
        settle()
    return _descriptors.get(fd)


def get(fd: int) -> OpenFile:
    """The open file that `fd` stands for; EBADF if there is none."""
    file = find(fd)
    if file is None:
        raise failure(EBADF)
    return file


def numbered(number: int) -> OpenFile | None:
    """The open file of the kernel's that the machine calls `number`, or None."""
    settle()
    return _files.get(number)


def open(file: OpenFile, *, inheritable: bool = False, fd: int = -1) -> int:
    """A descriptor for `file`: `fd`, or the lowest that is free."""
    settle()
    path = f"{file.label}:[{file.inode}]"
    fd = machine.descriptor_open(
        file.number, file.mode, file.inode, file.flags, not inheritable, path, fd
    )
    if fd < 0:
        raise failure(EMFILE)
    _refer(fd, file)
    return fd


def close(fd: int) -> None:
    """Closes `fd`, as `os.close` does, and more cheaply where it is the kernel's."""
    settle()
    if fd not in _descriptors:
        posix.close(fd)
        return
    machine.descriptor_close(fd)
    _forget(fd)


def set_flags(fd: int, flags: int) -> None:
    """Sets access mode and status flags of the open file behind `fd`."""
    file = _descriptors[fd]
    file.flags = flags
    machine.descriptor_flags(fd, flags)


def number(file: Numbered) -> int:
    """The descriptor of an int or of an object with `fileno` (PyObject_AsFileDescriptor)."""
    if not isinstance(file, int):
        fileno = getattr(file, "fileno", None)
        if fileno is None:
            raise TypeError("argument must be an int, or have a fileno() method.")
        file = fileno()
        if not isinstance(file, int):
            raise TypeError("fileno() returned a non-integer")
    if file > 0x7FFFFFFF or file < -0x80000000:
        raise OverflowError("Python int too large to convert to C int")
    if file < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({file})")
    return file


inbox.looks.append(settle)
