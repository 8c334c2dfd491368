"""Waiting for open files.

Invariant: only the calling thread is blocked, and it is woken only for a change in what it waits
for; a signal's handler runs in the wait, and whatever it raises comes out.
"""

from errno import EBADF

from ..sched.wait import INTERRUPTED, TIMED_OUT, Wait
from ..signals import delivery
from ..threads import thread
from . import table
from .events import ALWAYS, IN, OUT
from .open_file import O_ACCMODE, O_RDONLY, failure

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .open_file import Octets, OpenFile


class DescriptorWait(Wait):
    """Waits for a change of one of the pairs (open file, mask) of `object`."""

    __slots__ = ()
    thing = "an event"

    @property
    def is_external(self) -> bool:
        return any(file.external for file, _ in self.object)  # pyright: ignore


class _Watch:
    """A thread that waits for `mask` of one open file."""

    __slots__ = ("_wait", "mask")
    exclusive = False

    def __init__(self, mask: int, wait: DescriptorWait) -> None:
        self.mask = mask | ALWAYS
        self._wait = wait

    def notify(self, events: int) -> bool:
        return self._wait.wake()

    def file_released(self) -> None:
        """The call that waits keeps the file."""


def stand_by(
    wanted: Sequence[tuple[OpenFile | None, int]],
    deadline: float | None,
    kind: type[DescriptorWait] = DescriptorWait,
) -> int:
    """Blocks until one of `wanted` (open file, mask) changes; answers as `Wait.block`."""
    if delivery.pending and thread.current() is thread.main:
        # It came while this thread was on its way here.
        return INTERRUPTED
    wait = kind(wanted)
    watches = [(file, _Watch(mask, wait)) for file, mask in wanted]
    for file, watch in watches:
        file.watchers[watch] = None
        file.awaited(watch.mask)
    try:
        return wait.block(deadline)
    finally:
        for file, watch in watches:
            del file.watchers[watch]


def until_changed(file: OpenFile, mask: int, deadline: float | None = None) -> bool:
    """Blocks until `file` changes; False if the time is over before."""
    state = stand_by(((file, mask),), deadline)
    if state == INTERRUPTED:
        delivery.run_pending()
    return state != TIMED_OUT


def read(file: OpenFile, size: int) -> bytes | OSError:
    """At most `size` bytes, waiting for the first unless `file` says not to; or the OSError."""
    with table.held(file):
        while True:
            try:
                return file.read(size)
            except BlockingIOError as error:
                if file.nonblocking:
                    if file.catch_up():
                        continue
                    return error
            except OSError as error:
                return error
            try:
                until_changed(file, IN)
            except BaseException:
                file.abandoned()
                raise


def write(file: OpenFile, data: Octets) -> int | OSError:
    """How much of `data` was written, all of it unless `file` says not to wait; or the OSError."""
    done = 0
    with table.held(file):
        while True:
            try:
                done += file.write(data[done:] if done else data)
                if done == len(data) or file.nonblocking:
                    return done
            except BlockingIOError as error:
                if file.nonblocking:
                    return done or error
            except OSError as error:
                return done or error
            # As on Linux, what a signal finds half written stays so.
            if stand_by(((file, OUT),), None) == INTERRUPTED:
                if done:
                    return done
                delivery.run_pending()


def write_at_once(fd: int, data: bytes) -> int:
    """Writes what can be written without waiting, as a signal does to its descriptor."""
    import posix

    file = table.own(fd)
    if file is None:
        return posix.write(fd, data)
    if file.flags & O_ACCMODE == O_RDONLY:
        raise failure(EBADF)
    return file.write(data)


delivery.wakeup["write"] = write_at_once
