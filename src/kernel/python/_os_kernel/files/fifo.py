"""Named pipes (`os.mkfifo`).

Invariant: `open` waits until the other end is open, as fifo(7) says, unless it is told not to or
opens both ends.
"""

from errno import ENXIO

from .open_file import O_ACCMODE, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY, failure
from .pipe import Pipe

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..sched.wait import Wait
    from .pipe import PipeEnd

#: Named pipes by number.
_fifos: dict[int, Fifo] = {}


class Fifo(Pipe):
    """A pipe with a name; `opening` has the waits of threads in `open`."""

    __slots__ = ("opening",)

    def __init__(self) -> None:
        Pipe.__init__(self)
        self.opening: list[Wait] = []


def new() -> int:
    """The number of a new named pipe."""
    number = len(_fifos) + 1
    _fifos[number] = Fifo()
    return number


def open_end(number: int, flags: int) -> tuple[PipeEnd, Callable[[Wait], bool] | None]:
    """An end, and None or, if another must be opened first, what says whether it has been."""
    fifo = _fifos[number]
    access = flags & O_ACCMODE
    if access == O_WRONLY and flags & O_NONBLOCK and not fifo.readers:
        raise failure(ENXIO)
    opened = fifo.writes_opened if access == O_RDONLY else fifo.reads_opened
    end = fifo.end(flags & (O_ACCMODE | O_NONBLOCK))
    waits, fifo.opening = fifo.opening, []
    for wait in waits:
        wait.wake()
    if access == O_RDWR:
        return end, None
    if flags & O_NONBLOCK:
        if not fifo.writers:
            end.without_writer()
        return end, None
    others = fifo.writers if access == O_RDONLY else fifo.readers
    if others:
        return end, None

    def has_come(wait: Wait) -> bool:
        """True once the other end was opened, be it closed again; else `wait` will be woken."""
        now = fifo.writes_opened if access == O_RDONLY else fifo.reads_opened
        if now == opened:
            fifo.opening.append(wait)
        return now != opened

    return end, has_come
