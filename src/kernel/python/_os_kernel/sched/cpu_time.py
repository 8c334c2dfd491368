"""`time.process_time`, `thread_time` and their `_ns` forms.

Invariant: the process's time stands still exactly while every thread waits. A thread's time also
stands still while another thread runs, so the times of all threads add up to that of the process.
It is the time for which the interpreter ran: no browser tells a page how much of that time the
real operating system gave to other processes.
"""

from time import get_clock_info as _native_info
from time import monotonic

from ..seam.declare import Face
from ..threads import thread
from . import fiber

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from time import _ClockInfo
    from typing import Literal

    type Clock = Literal["monotonic", "perf_counter", "process_time", "thread_time", "time"]

face = Face("time")


def begin() -> None:
    """A process begins: what its interpreter has done before, when nobody had asked, counts for
    nothing.
    """
    fiber.cpu.waited = monotonic()
    fiber.cpu.since = thread.current().ran = 0.0


@face
def process_time() -> float:
    """process_time() -> float

    Process time for profiling: sum of the kernel and user-space CPU time."""
    return monotonic() - fiber.cpu.waited


@face
def process_time_ns() -> int:
    """process_time() -> int

    Process time for profiling as nanoseconds:
    sum of the kernel and user-space CPU time."""
    return round((monotonic() - fiber.cpu.waited) * 1e9)


@face
def thread_time() -> float:
    """thread_time() -> float

    Thread time for profiling: sum of the kernel and user-space CPU time."""
    return thread.current().ran + process_time() - fiber.cpu.since


@face
def thread_time_ns() -> int:
    """thread_time() -> int

    Thread time for profiling as nanoseconds:
    sum of the kernel and user-space CPU time."""
    return round(thread_time() * 1e9)


@face
def get_clock_info(name: Clock, /) -> _ClockInfo:
    """get_clock_info(name: str) -> dict

    Get information of the specified clock."""
    return _native_info("process_time" if name == "thread_time" else name)
