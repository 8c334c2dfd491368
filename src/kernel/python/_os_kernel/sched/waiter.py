"""What a fiber waits for.

Invariant: a waiter leaves PENDING once, and only that transition puts its fiber into `ready`; so
a fiber that waits is woken exactly once, whoever comes first: a waker, the deadline, or a signal.
"""

from . import fiber, timers

PENDING, WOKEN, TIMED_OUT, INTERRUPTED = range(4)


class Waiter:
    __slots__ = ("fiber", "since", "state", "timed", "what")

    def __init__(self, what):
        self.fiber = fiber.cpu.current
        self.state = PENDING
        #: For the deadlock report: the lock, handle or word that is waited for.
        self.what = what
        self.timed = False
        self.since = 0.0

    def wake(self):
        """True if the fiber was still waiting."""
        if self.state:
            return False
        self.state = WOKEN
        if self.timed:
            timers.forget()
        fiber.ready.append(self.fiber)
        return True

    def expire(self):
        if not self.state:
            self.state = TIMED_OUT
            fiber.ready.append(self.fiber)

    def interrupt(self):
        """A signal for this thread: it wakes to run its handlers."""
        if not self.state:
            self.state = INTERRUPTED
            if self.timed:
                timers.forget()
            fiber.ready.append(self.fiber)

    def wait(self, deadline=None):
        """Blocks the current fiber; answers with the state that ended the wait."""
        me = self.fiber
        if me is None:
            raise RuntimeError("cannot block: no thread is running")
        if deadline is not None:
            self.timed = True
            timers.push(deadline, self)
        me.waiter = self
        try:
            fiber.block()
        finally:
            me.waiter = None
            if not self.state:
                self.state = INTERRUPTED
        return self.state
