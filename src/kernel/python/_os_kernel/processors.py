"""How many processors there are, and on which of them a process may run, as `posix` gives it.

Invariant: there are as many as the browser says, where processes can be started; the threads of one
process take turns on one of them. What a program chooses of them is kept and counted, but no
browser lets a page choose where a worker runs.
"""

from operator import index

from . import machine
from .processes import identity
from .seam.declare import Face

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import SupportsIndex

face = Face("posix", also=("os",))

#: A page may have 16 processes besides its own (`broker/worker.ts`): a pool that has one for each
#: processor leaves room for another.
_MOST = 8


class _Chosen:
    """What `-X cpu_count` or PYTHON_CPU_COUNT says, and what `sched_setaffinity` has left."""

    count: int | None = None
    affinity: frozenset[int] | None = None


chosen = _Chosen()


def _all() -> frozenset[int]:
    return frozenset(range(min(machine.processors() if machine.attached else 1, _MOST)))


def _check_process(pid: SupportsIndex) -> None:
    if index(pid) not in (0, identity.pid):
        raise ProcessLookupError(3, "No such process")


@face
def cpu_count() -> int | None:
    """Return the number of logical CPUs in the system.

    Return None if indeterminable."""
    if chosen.count is not None:
        return chosen.count
    return machine.processors() if machine.attached else 1


@face
def process_cpu_count() -> int | None:
    """
    Get the number of CPUs of the current process.

    Return the number of logical CPUs usable by the calling thread of the
    current process. Return None if indeterminable.
    """
    if chosen.count is not None:
        return chosen.count
    return len(chosen.affinity or _all())


@face
def sched_getaffinity(pid: SupportsIndex, /) -> set[int]:
    """Return the affinity of the process identified by pid (or the current process if zero).

    The affinity is returned as a set of CPU identifiers."""
    _check_process(pid)
    return set(chosen.affinity or _all())


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
    if not asked & _all():
        raise OSError(22, "Invalid argument")
    chosen.affinity = frozenset(asked & _all())
