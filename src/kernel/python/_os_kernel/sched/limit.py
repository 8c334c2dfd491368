"""A time limit for what runs in the main thread, which the program cannot see; for running tests.

Invariant: at most one is set.
"""

from time import monotonic

from ..signals import delivery
from . import timers

_set: list[timers.Entry] = []


class _Limit:
    __slots__ = ("signum",)

    def __init__(self, signum: int) -> None:
        self.signum = signum

    def expire(self) -> None:
        _set.clear()
        delivery.trigger(self.signum)


def set(seconds: float | None, signum: int) -> None:
    """`signum` arrives after `seconds`; None takes the limit away."""
    while _set:
        timers.cancel(_set.pop())
    if seconds is not None:
        _set.append(timers.push(monotonic() + seconds, _Limit(signum)))
