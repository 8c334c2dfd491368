"""A schedule: at which places of which threads another thread goes on than in the plain run.

Invariant: it is written as text that is read back as the same schedule, and it holds nothing that
another run of the same program would not meet again: threads count by the order in which they were
started, and places by how many of its own a thread has passed.
"""

import re

#: A place inside a thread's code, and one at which a thread has to wait.
POINT, BLOCK = "p", "b"

#: `(thread, kind, number)`: the place; what it leads to is the number of the thread that goes on.
type Place = tuple[int, str, int]
type Schedule = dict[Place, int]

_ENTRY = re.compile(r"(\d+)([pb])(\d+):(\d+)")
#: Stands for the plain schedule, which differs in nothing.
PLAIN = "plain"


def write(schedule: Schedule) -> str:
    """For example `1p12:2+0b3:1`: at its point 12 thread 1 gives way to thread 2, and so on."""
    entries = [f"{n}{kind}{number}:{to}" for (n, kind, number), to in schedule.items()]
    return "+".join(entries) or PLAIN


def read(text: str) -> Schedule:
    """Raises ValueError, which names the part that cannot be read."""
    schedule: Schedule = {}
    for entry in [] if text == PLAIN else text.split("+"):
        found = _ENTRY.fullmatch(entry)
        if found is None:
            raise ValueError(entry)
        thread, kind, number, to = found.groups()
        schedule[int(thread), kind, int(number)] = int(to)
    return schedule
