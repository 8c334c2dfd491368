"""A time limit for what runs in the main thread, apart from the timers that programs see.

Invariant: at most one is set.
"""

from time import monotonic

from ..signals import delivery
from . import timers

_entries = []


class _Limit:
    __slots__ = ("signum", "state")

    def __init__(self, signum):
        self.state = 0
        self.signum = signum

    def expire(self):
        if not self.state:
            self.state = 1
            delivery.trigger(self.signum)


def set(seconds, signum):
    """`signum` arrives after `seconds`; None takes the limit away."""
    while _entries:
        _entries.pop().state = 1
    if seconds is not None:
        _entries.append(_Limit(signum))
        timers.push(monotonic() + seconds, _entries[0])
