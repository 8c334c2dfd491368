"""`time.process_time` and `process_time_ns`.

Invariant: they stand still exactly while every thread waits. What remains is the time in which
the interpreter ran: a browser tells no page how much of it the operating system gave to others.
"""

from time import monotonic

from . import fiber


def process_time():
    """process_time() -> float

    Process time for profiling: sum of the kernel and user-space CPU time."""
    return monotonic() - fiber.cpu.waited


def process_time_ns():
    """process_time() -> int

    Process time for profiling as nanoseconds:
    sum of the kernel and user-space CPU time."""
    return round((monotonic() - fiber.cpu.waited) * 1e9)


FUNCTIONS = (process_time, process_time_ns)
for _function in FUNCTIONS:
    _function.__module__ = "time"
