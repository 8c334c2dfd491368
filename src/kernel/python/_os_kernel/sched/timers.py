"""Deadlines of waiters, on the cell's clock.

Invariant: a waiter leaves the heap when its deadline passes or, if it was woken before, when it
comes to the top.
"""

from heapq import heapify, heappop, heappush
from itertools import count
from time import monotonic

heap = []
_numbers = count()
#: Of woken waiters that are still in the heap, one entry each.
_dead = []


def push(deadline, waiter):
    """Wakes `waiter` with TIMED_OUT once `monotonic()` has reached `deadline`."""
    heappush(heap, (deadline, next(_numbers), waiter))


def forget():
    """One waiter in the heap was woken before its deadline.

    Sweeps when most of the heap is such.
    """
    _dead.append(None)
    if len(_dead) > 64 and len(_dead) * 2 > len(heap):
        heap[:] = [entry for entry in heap if not entry[2].state]
        heapify(heap)
        _dead.clear()


def fire():
    now = monotonic()
    while heap and heap[0][0] <= now:
        heappop(heap)[2].expire()


def delay():
    """Milliseconds to the next deadline, or None."""
    while heap and heap[0][2].state:
        heappop(heap)
    if not heap:
        return None
    return max(0.0, (heap[0][0] - monotonic()) * 1000)
