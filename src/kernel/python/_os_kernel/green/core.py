"""What a greenlet is, apart from the object that a program holds.

Invariant: a core never refers to its greenlet. A stack that stands still may therefore hold it, and
the greenlet still dies with the last reference that the program has.
"""

from .. import machine
from ..sched import fiber

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from _contextvars import Context
    from collections.abc import Callable
    from typing import Any

    from .greenlet import greenlet
    from .local import Local

    type Pending = tuple[Any, dict[str, Any] | None] | BaseException

#: A main greenlet is active as long as its thread lives.
NEW, DEAD, ACTIVE, MAIN = range(4)
#: How many main greenlets exist.
mains = [0]


class Core:
    """The state of one greenlet."""

    __slots__ = (
        "context",
        "fiber",
        "first",
        "home",
        "parent",
        "pending",
        "run",
        "state",
        "unswitchable",
    )

    def __init__(self, parent: greenlet | None, state: int = NEW) -> None:
        self.state = state
        self.parent = parent
        #: What its thread knows; None until it begins.
        self.home: Local | None = None
        self.fiber: fiber.Fiber | None = None
        #: Absent until it is set, and from when it has ended.
        self.run: Callable[..., object]
        #: What it is about to run; there until its fiber begins.
        self.first: Callable[..., object]
        #: What a switch is about to give it: arguments, or an exception to raise.
        self.pending: Pending | None = None
        #: The context, while it is not its fiber's.
        self.context: Context | None = None
        #: For tests: a switch to it is to fail.
        self.unswitchable = False

    def orphaned(self) -> bool:
        """Whether the thread in which it began has ended."""
        return self.home is not None and not self.home.alive

    def current(self) -> bool:
        """Whether it is the one that runs, or would run, in its thread."""
        return self.home is not None and self.home.alive and self.home.core is self

    def murder(self) -> None:
        """It will never run again, and nothing is raised in it."""
        if self.state != ACTIVE:
            return
        self.state = DEAD
        gone, self.fiber = self.fiber, None
        fiber.abandon(gone)  # pyright: ignore[reportArgumentType]: it is active
        if hasattr(self, "run"):
            del self.run

    def swap_context(self, context: Context | None) -> Context | None:
        """Gives its fiber another context; answers with the one before."""
        box = [context]
        machine.swap_context(self.fiber.id, id(box))  # pyright: ignore[reportOptionalMemberAccess]
        return box[0]
