"""A time limit for what runs in the main thread, apart from the timers that programs see. Invariant: at most one is set."""
from time import monotonic

from . import signals, timers

_entry = None


class _Limit:
    __slots__ = ("state", "signum")

    def __init__(self, signum):
        self.state = 0
        self.signum = signum

    def expire(self):
        if not self.state:
            self.state = 1
            signals.trigger(self.signum)


def set(seconds, signum):
    """`signum` arrives after `seconds`; None takes the limit away."""
    global _entry
    if _entry is not None:
        _entry.state = 1
        _entry = None
    if seconds is not None:
        _entry = _Limit(signum)
        timers.push(monotonic() + seconds, _entry)
