"""`_queue.SimpleQueue`.

Invariant: an item goes to the getter that has waited longest, and is never lost to one that gave
up.
"""

from collections import deque
from time import monotonic
from types import GenericAlias

from ..sched.wait import INTERRUPTED, TIMED_OUT, Wait, WaitQueue
from ..seam.declare import Face
from ..signals import delivery
from .lock import TIMEOUT_MAX

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

face = Face("_queue", doc=__doc__)


@face
class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


class ItemWait(Wait):
    """Waits for an item of the SimpleQueue `object`."""

    __slots__ = ()
    thing = "an item of a SimpleQueue"


@face
class SimpleQueue:
    """Simple, unbounded, reentrant FIFO queue."""

    __slots__ = ("__dict__", "__weakref__", "_items", "_waits")

    def __new__(cls) -> Self:
        self = object.__new__(cls)
        self._items = deque()
        self._waits = WaitQueue()
        return self

    def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:
        """Put the item on the queue.  `block` and `timeout` are ignored: the queue has no bound."""
        self._items.append(item)
        if self._waits:
            self._waits.wake_one()

    def put_nowait(self, item: object) -> None:
        """Put an item into the queue without blocking."""
        self.put(item)

    def get(self, block: bool = True, timeout: float | None = None) -> object:
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

    def _wait(self, deadline: float | None) -> None:
        while not self._items:
            wait = ItemWait(self)
            self._waits.add(wait)
            try:
                state = wait.block(deadline)
                if state == INTERRUPTED:
                    self._waits.discard(wait)
                    delivery.run_pending()
            except BaseException:
                self._waits.discard(wait)
                if self._items:
                    self._waits.wake_one()
                raise
            if state == TIMED_OUT:
                self._waits.discard(wait)
                return

    def get_nowait(self) -> object:
        """Remove and return an item from the queue without blocking."""
        return self.get(False)

    def empty(self) -> bool:
        """Return True if the queue is empty, False otherwise (not reliable!)."""
        return not self._items

    def qsize(self) -> int:
        """Return the approximate size of the queue (not reliable!)."""
        return len(self._items)

    __class_getitem__ = classmethod(GenericAlias)
