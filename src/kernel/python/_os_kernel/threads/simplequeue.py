"""`_queue.SimpleQueue`.

Invariant: an item goes to the getter that has waited longest, and is never lost to one that gave
up.
"""

from collections import deque
from time import monotonic
from types import GenericAlias

from ..sched.waiter import INTERRUPTED, TIMED_OUT, Waiter
from ..seam.declare import Face
from ..signals import delivery
from .lock import TIMEOUT_MAX

face = Face("_queue", doc=__doc__)


@face
class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


@face
class SimpleQueue:
    """Simple, unbounded, reentrant FIFO queue."""

    __slots__ = ("__dict__", "__weakref__", "_items", "_waiters")

    def __new__(cls):
        self = object.__new__(cls)
        self._items = deque()
        self._waiters = deque()
        return self

    def put(self, item, block=True, timeout=None):
        """Put the item on the queue.  `block` and `timeout` are ignored: the queue has no bound."""
        self._items.append(item)
        self._wake_next()

    def put_nowait(self, item):
        """Put an item into the queue without blocking."""
        self.put(item)

    def _wake_next(self):
        waiters = self._waiters
        while waiters:
            if waiters.popleft().wake():
                return

    def get(self, block=True, timeout=None):
        """Remove and return an item from the queue; raise Empty when there is none in time."""
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if block and timeout is not None and timeout > TIMEOUT_MAX:
            raise OverflowError("timeout value is too large")
        items = self._items
        if not items and block:
            self._wait(None if timeout is None else monotonic() + timeout)
        if not items:
            raise Empty
        return items.popleft()

    def _wait(self, deadline):
        while not self._items:
            waiter = Waiter(self)
            self._waiters.append(waiter)
            try:
                state = waiter.wait(deadline)
                if state == INTERRUPTED:
                    self._forget(waiter)
                    delivery.run_pending()
            except BaseException:
                self._forget(waiter)
                if self._items:
                    self._wake_next()
                raise
            if state == TIMED_OUT:
                self._forget(waiter)
                return

    def _forget(self, waiter):
        if waiter in self._waiters:
            self._waiters.remove(waiter)

    def get_nowait(self):
        """Remove and return an item from the queue without blocking."""
        return self.get(False)

    def empty(self):
        """Return True if the queue is empty, False otherwise (not reliable!)."""
        return not self._items

    def qsize(self):
        """Return the approximate size of the queue (not reliable!)."""
        return len(self._items)

    __class_getitem__ = classmethod(GenericAlias)
