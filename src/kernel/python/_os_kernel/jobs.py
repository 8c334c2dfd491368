"""The main thread's work: it takes jobs from outside, one after another, for as long as the interpreter lives.

Invariant: the main thread has one fiber from boot to end, so that its locals, its signal handlers and a running
event loop outlive a cell; a job's exception never ends it.
"""
from collections import deque

from . import events, fiber, thread
from .waiter import Waiter

_queue = deque()
_waiting = None


def boot():
    """The main thread's fiber, not yet started; answers with its number."""
    main = fiber.Fiber(thread.main)
    main.job = (serve, ())
    thread.main.fiber = main
    fiber._unborn[main.id] = main
    return main.id


def _take(event):
    _queue.append(event.job)
    if _waiting is not None:
        _waiting.wake()


def _next():
    global _waiting
    fiber.external += 1
    try:
        while not _queue:
            _waiting = Waiter("a cell to run")
            _waiting.wait()
    finally:
        _waiting = None
        fiber.external -= 1
    return _queue.popleft()


def serve():
    thread.identify_main()
    while True:
        job = _next()
        run_job(job)
        job = None


def run_job(job):
    """`job` is a Python callable that deals with every exception itself."""
    job()


events.handlers["job"] = _take
