"""Waiting: what a fiber waits for, and the queues in which it stands meanwhile.

A blocking operation makes a `Wait` of its own kind, puts it into the queue of what it waits for,
and calls `block`. Whoever changes that thing wakes the wait through the queue. The deadlock
report, signals and timelines read the `Wait` and need to know nothing else about the operation.

Invariant: a wait leaves PENDING once, and only that transition puts its fiber into `ready`. So a
fiber that waits is woken exactly once, whoever comes first: a waker, the deadline, or a signal.
"""

from collections import deque
from sys import _getframe

from .. import machine
from . import fiber, timers

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import ClassVar

    from ..threads.thread import Thread

PENDING, WOKEN, TIMED_OUT, INTERRUPTED = range(4)


class Wait:
    """One fiber waits for one thing. Each kind of thing has a subclass."""

    __slots__ = ("attend", "fiber", "frame", "object", "since", "state", "timer")

    #: What is waited for, as a report says it after "waits for": "an event", "a promise".
    thing: ClassVar[str]
    #: Whether only a signal ends it: then the reader can, by pressing Stop.
    is_for_signal: ClassVar[bool] = False
    #: Whether a thread may hold what is waited for; then `holder` tells which.
    can_be_held: ClassVar[bool] = False

    def __init__(self, object: object) -> None:
        self.fiber = fiber.cpu.current
        self.state = PENDING
        #: What is waited for: the lock, the handle, the set of signals.
        self.object = object
        self.timer: timers.Entry | None = None
        #: The frame that called the blocking operation, while it waits.
        self.frame: FrameType | None = None
        #: When the waiting began, on the monotonic clock; set where it decides something.
        self.since = 0.0
        #: Whether a handler is to run as soon as the wait has ended (`delivery.simulate`).
        self.attend = False

    @property
    def is_external(self) -> bool:
        """Whether something from outside Python may end it that nobody has promised: a client."""
        return False

    @property
    def holder(self) -> Thread | None:
        """The thread that holds what is waited for, as far as one is known."""
        return None

    def accepts(self, signum: int) -> bool:
        """Whether the arrival of a blocked signal is what is waited for."""
        return False

    def wake(self) -> bool:
        """Ends the wait; true if the fiber was still waiting."""
        if self.state:
            return False
        # As `_end`, without its call: this is the most frequent way.
        self.state = WOKEN
        if self.timer is not None:
            timers.cancel(self.timer)
        fiber.ready.append(self.fiber)  # pyright: ignore[reportArgumentType]: `block` has looked
        return True

    def expire(self) -> None:
        """The deadline has passed; called by `timers`."""
        self.timer = None
        if not self.state:
            self._end(TIMED_OUT)

    def interrupt(self) -> None:
        """A signal for this thread: it wakes to run the handlers."""
        if not self.state:
            self._end(INTERRUPTED)

    def _end(self, state: int) -> None:
        self.state = state
        if self.timer is not None:
            timers.cancel(self.timer)
        fiber.ready.append(self.fiber)  # pyright: ignore[reportArgumentType]: `block` has looked

    def block(self, deadline: float | None = None) -> int:
        """Blocks the calling fiber until the wait ends; answers with the state that ended it.

        `deadline` is on the monotonic clock, in seconds. Raises RuntimeError where no stack can
        be suspended.
        """
        me = self.fiber
        if me is None:
            raise RuntimeError("cannot block: no thread is running")
        try:
            if deadline is not None:
                self.timer = timers.push(deadline, self)
            me.wait = self
            self.frame = _calling_frame()
            fiber.block()
        finally:
            me.wait = self.frame = None
            if not self.state:
                # The stack could not be suspended, or was left by an exception.
                self.state = INTERRUPTED
                if self.timer is not None:
                    timers.cancel(self.timer)
            if self.attend:
                machine.attend(True)
        return self.state


def _calling_frame() -> FrameType | None:
    try:
        return _getframe(1)
    except ValueError:
        return None  # Only frames of the kernel are on this stack.


class WaitQueue(deque[Wait]):
    """The waits for one thing, in the order in which they are woken.

    A wait that ended otherwise (by its deadline, by a signal) stays until `discard` takes it out,
    and is passed over by those who wake. It is a deque so that an uncontended operation asks C
    alone whether anyone waits.
    """

    __slots__ = ()

    #: Puts a wait at the end.
    add = deque.append
    #: Puts a wait before all others: it has waited longest.
    add_first = deque.appendleft

    def discard(self, wait: Wait) -> bool:
        """Takes `wait` out; true if it was there."""
        try:
            self.remove(wait)
        except ValueError:
            return False
        return True

    def wake_one(self) -> Wait | None:
        """Takes out and wakes the first that still waits; answers with it."""
        while self:
            wait = self.popleft()
            if wait.wake():
                return wait
        return None

    def wake_all(self) -> None:
        """Wakes everyone. Each takes itself out."""
        for wait in tuple(self):
            wait.wake()
