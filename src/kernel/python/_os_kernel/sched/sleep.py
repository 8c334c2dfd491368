"""`time.sleep`.

Invariant: it blocks the thread that calls it and no other, never wakes early, and lets signals
in.
"""

from operator import index
from time import monotonic
from time import sleep as _native

from ..seam.declare import Face
from ..signals import delivery
from . import fiber
from .wait import TIMED_OUT, Wait

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import SupportsFloat, SupportsIndex

_LONGEST = 9223372036.0

face = Face("time")


class SleepWait(Wait):
    """Waits for time to pass."""

    __slots__ = ()
    thing = "time.sleep"


@face
def sleep(seconds: SupportsFloat | SupportsIndex, /) -> None:
    """sleep(seconds)

    Delay execution for a given number of seconds.  The argument may be
    a floating-point number for subsecond precision."""
    if not isinstance(seconds, float):
        has_float = hasattr(seconds, "__float__")
        seconds = float(seconds) if has_float else index(seconds)  # pyright: ignore[reportArgumentType]: else it raises
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if seconds > _LONGEST:
        raise OverflowError("timestamp out of range for platform time_t")
    if fiber.cpu.current is None:
        # Without fibers: C waits in a loop, which is not the program's own computing.
        since = monotonic()
        _native(seconds)
        fiber.cpu.waited += monotonic() - since
        return
    if seconds == 0:
        fiber.yield_now()
        return
    deadline = monotonic() + seconds
    while SleepWait(None).block(deadline) != TIMED_OUT:
        delivery.run_pending()
