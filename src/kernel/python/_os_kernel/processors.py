"""Which processors a process may run on (`sched_getaffinity`), as `posix` gives it.

Invariant: there is one, as `os.cpu_count()` says: an interpreter's threads take turns in one
worker.
"""

import posix
from operator import index

from .seam.declare import Face

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import SupportsIndex

face = Face("posix", also=("os",))

_ALL = frozenset({0})


def _check_process(pid: SupportsIndex) -> None:
    if index(pid) not in (0, posix.getpid()):
        raise ProcessLookupError(3, "No such process")


@face
def sched_getaffinity(pid: SupportsIndex, /) -> set[int]:
    """Return the affinity of the process identified by pid (or the current process if zero).

    The affinity is returned as a set of CPU identifiers."""
    _check_process(pid)
    return set(_ALL)


@face
def sched_setaffinity(pid: SupportsIndex, mask: Iterable[SupportsIndex], /) -> None:
    """Set the CPU affinity of the process identified by pid to mask.

    pid
      The identifier of the process, or 0 for the current process.
    mask
      An iterable of CPU identifiers."""
    asked = {index(cpu) for cpu in mask}
    if any(cpu < 0 for cpu in asked):
        raise ValueError("negative CPU number")
    _check_process(pid)
    if not asked & _ALL:
        raise OSError(22, "Invalid argument")
