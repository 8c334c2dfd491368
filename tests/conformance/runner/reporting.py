"""What both runners of tests share: lines of JSON for the harness, choosing tests, a time limit.

Invariant: a test is reported as begun, then as ended; one that is not run, as ended alone.
"""

import json
import signal
import sys

#: Nothing in the tests uses the last real-time signal.
LIMIT_SIGNAL = signal.SIGRTMAX

#: The reason of a skip that `expected.json` asks for.
NOT_RUN = "not run here"


class TimedOut(BaseException):
    """The test ran longer than it may."""


def report(**fields):
    print("@@" + json.dumps(fields), file=sys.__stdout__, flush=True)


class Choice:
    """Which tests run: those that a name in `only` is part of, without `done` and `unrun`."""

    def __init__(self, only, done, unrun):
        self._only = only
        self._done = done
        self._unrun = unrun

    def takes(self, identifier):
        """Whether the test is to run; reports it if it was asked for and is not."""
        if self._only and not any(part in identifier for part in self._only):
            return False
        reason = self._done.get(identifier)
        if any(part in identifier for part in self._unrun):
            reason = NOT_RUN
        if reason is not None:
            report(event="end", test=identifier, kind="skipped", why=reason, seconds=0)
        return reason is None


def arm(seconds):
    """Raises TimedOut in the main thread after `seconds`, by timers that tests do not see."""
    from _os_kernel.sched import limit
    from _os_kernel.seam import hidden

    # No program imports it, so it was not there when the kernel's frames were hidden.
    hidden.hide_module(limit)
    limit.set(seconds, LIMIT_SIGNAL)


def expire(signum, frame):
    raise TimedOut
