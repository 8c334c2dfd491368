"""Deadlines of waiters, on the cell's clock.

Invariant: a waiter leaves the heap when its deadline passes or, if it was woken before, when it comes to the top.
"""
from heapq import heapify, heappop, heappush
from time import monotonic

heap = []
_count = 0
_dead = 0


def push(deadline, waiter):
    """Wakes `waiter` with TIMED_OUT once `monotonic()` has reached `deadline`."""
    global _count
    _count += 1
    heappush(heap, (deadline, _count, waiter))


def forget():
    """One waiter in the heap was woken before its deadline; sweeps when most of the heap is such."""
    global _dead
    _dead += 1
    if _dead > 64 and _dead * 2 > len(heap):
        heap[:] = [entry for entry in heap if not entry[2].state]
        heapify(heap)
        _dead = 0


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
