"""What a thread knows of its greenlets (greenlet's TThreadState.hpp).

Invariant: `current` is the greenlet whose fiber is the thread's current one; they change together,
where nothing can interrupt.
"""

from .. import machine
from ..sched.preempt import call_soon
from ..seam.declare import bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..threads.thread import Thread
    from .core import Core
    from .greenlet import greenlet

#: Threads that have ended, whose greenlets are still to be let go.
ended: list[Local] = []


class Local:
    """The greenlets of one thread."""

    __slots__ = (
        "alive",
        "condemned",
        "core",
        "current",
        "main",
        "next",
        "origin",
        "thread",
        "trace",
        "values",
    )

    def __init__(self, of: Thread, main: greenlet, core: Core) -> None:
        self.thread = of
        #: Until its thread ends.
        self.alive = True
        self.main = main
        self.current = main
        #: That of `current`.
        self.core = core
        #: From which greenlet the thread came to the current one, until that has seen it.
        self.origin: greenlet | None = None
        #: To which greenlet it is about to go; there for a moment only.
        self.next: greenlet
        self.trace: Callable[..., object] | None = None
        #: Greenlets that lost their last reference where they could not be killed.
        self.condemned: list[greenlet] = []
        #: What `set_thread_local` is for.
        self.values: dict[object, object] = {}

    @bridge
    def reap(self) -> None:
        """Kills the condemned: they lose their last reference once more, in their own thread."""
        condemned, self.condemned = self.condemned, []
        while condemned:
            machine.revive(id(condemned[-1]))
            condemned.pop()

    def leave(self) -> None:
        """The thread has ended: nothing can switch to its greenlets any more."""
        self.alive = False
        self.core.fiber = None
        ended.append(self)
        call_soon(bury)

    @bridge
    def dissolve(self) -> None:
        """Lets go of the greenlets of a thread that has ended."""
        self.thread.greenlets = None
        self.origin = self.trace = None
        self.values.clear()
        condemned, self.condemned = self.condemned, []
        for each in condemned:
            machine.revive(id(each))
        del condemned, self.main, self.current, self.core, self.thread


@bridge
def bury() -> None:
    """Lets go of the greenlets of all threads that have ended."""
    while ended:
        ended.pop().dissolve()
