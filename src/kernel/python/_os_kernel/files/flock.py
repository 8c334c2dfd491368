"""Locks of whole files (`flock`).

Invariant: of the open files of one inode, one holds the exclusive lock or any number share it; a
lock belongs to the open file, so it goes when the last descriptor of that is closed.
"""

import posix
from errno import EAGAIN, EBADF, EINVAL

from .. import machine
from ..sched.wait import INTERRUPTED, Wait, WaitQueue
from ..signals import delivery
from . import table
from .open_file import failure

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .open_file import OpenFile

    #: Device and number.
    type Inode = tuple[int, int]
    #: An open file: of Emscripten's its number, of the kernel's itself.
    type Owner = int | OpenFile

LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8

#: By inode (device, number): the kind of each holder, by the open file.
_holders: dict[Inode, dict[Owner, int]] = {}
#: The waits for a lock of an inode.
_queues: dict[Inode, WaitQueue] = {}


class FileLockWait(Wait):
    """Waits for a lock of the file with the inode `object`."""

    __slots__ = ()
    thing = "a lock of a file"


def flock(fd: int, operation: int) -> None:
    """Takes or gives back a lock; waits in the kernel unless LOCK_NB is given."""
    file = table.get(fd)
    kind = operation & ~LOCK_NB
    if kind not in (LOCK_SH, LOCK_EX, LOCK_UN):
        raise failure(EINVAL)
    status = posix.fstat(fd)
    inode = (status.st_dev, status.st_ino)
    foreign = isinstance(file, table.Foreign)
    owner = file.identity if foreign else file
    if kind == LOCK_UN:
        _release(inode, owner)
        return
    if not foreign:
        # A pipe's or a socket's: Linux refuses neither, and nothing else opens the same.
        return
    machine.descriptor_watch(fd)
    # A lock that is changed is given back first, and others may come between.
    if _holders.get(inode, {}).get(owner, kind) != kind:
        _release(inode, owner)
    while not _take(inode, owner, kind):
        if operation & LOCK_NB:
            raise failure(EAGAIN)
        wait = FileLockWait(inode)
        queue = _queues.setdefault(inode, WaitQueue())
        queue.add(wait)
        try:
            if wait.block() == INTERRUPTED:
                delivery.run_pending()
        finally:
            queue.discard(wait)
            if not queue:
                _queues.pop(inode, None)
        if table.find(fd) != file:
            raise failure(EBADF)


def _take(inode: Inode, owner: Owner, kind: int) -> bool:
    held = _holders.setdefault(inode, {})
    others = [other for key, other in held.items() if key != owner]
    if LOCK_EX in others or (others and kind == LOCK_EX):
        return False
    held[owner] = kind
    return True


def _release(inode: Inode, owner: Owner) -> None:
    held = _holders.get(inode, {})
    if held.pop(owner, None) is None:
        return
    if not held:
        del _holders[inode]
    if inode in _queues:
        _queues[inode].wake_all()


def closed(owner: int) -> None:
    """The last descriptor of an open file of Emscripten's was closed."""
    for inode in list(_holders):
        _release(inode, owner)


table.released_foreign = closed
