"""Deadlines, on the cell's clock: of waits, of alarms, of time limits.

Invariant: `entries` holds exactly the deadlines that have neither passed nor been cancelled,
sorted so that the next one is the last of the list.
"""

from _bisect import bisect_left, insort_right
from itertools import count
from time import monotonic

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Target(Protocol):
        """What a deadline is for."""

        def expire(self) -> None:
            """The deadline has passed. Must not block."""


#: The negative deadline, a negative number that tells equal deadlines apart, and the target: so
#: that the earliest deadline is the last entry, and of equal ones the first that was set.
type Entry = tuple[float, int, Target]

entries: list[Entry] = []
_numbers = count()


def push(deadline: float, target: Target) -> Entry:
    """Calls `target.expire()` once `monotonic()` has reached `deadline`, unless cancelled."""
    entry = (-deadline, -next(_numbers), target)
    insort_right(entries, entry)
    return entry


def cancel(entry: Entry) -> None:
    """Takes out what `push` answered with; nothing happens if it has fired already."""
    index = bisect_left(entries, entry)
    if index < len(entries) and entries[index] is entry:
        del entries[index]


def fire() -> None:
    """Expires every deadline that has passed."""
    now = -monotonic()
    while entries and entries[-1][0] >= now:
        entries.pop()[2].expire()


def delay() -> float | None:
    """Milliseconds to the next deadline, or None."""
    if not entries:
        return None
    return max(0.0, (-entries[-1][0] - monotonic()) * 1000)
