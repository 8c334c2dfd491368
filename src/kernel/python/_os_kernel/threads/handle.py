"""`_thread._ThreadHandle`.

Invariant: a handle goes NOT_STARTED, RUNNING, DONE and never back; DONE wakes all who join.
"""

from time import monotonic

from ..sched.waiter import INTERRUPTED, TIMED_OUT, Waiter
from ..seam.declare import Face
from ..signals import delivery
from . import thread

face = Face("_thread")

NOT_STARTED, RUNNING, DONE = range(3)


@face
class _ThreadHandle:
    __slots__ = ("__weakref__", "_ident", "_state", "_waiters")

    def __init__(self):
        self._state = NOT_STARTED
        self._ident = 0
        self._waiters = []

    @property
    def ident(self):
        return self._ident

    def is_done(self):
        return self._state == DONE

    def _start(self, ident):
        if self._state != NOT_STARTED:
            raise RuntimeError("thread already started")
        self._state = RUNNING
        self._ident = ident

    def _set_done(self):
        if self._state == NOT_STARTED:
            raise RuntimeError("thread not started")
        self._state = DONE
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            waiter.wake()

    def join(self, timeout=None):
        if self._state == NOT_STARTED:
            raise RuntimeError("thread not started")
        if timeout is not None and timeout != timeout:
            raise ValueError("Invalid value NaN (not a number)")
        deadline = None if timeout is None or timeout < 0 else monotonic() + timeout
        if self._state != DONE and self._ident == thread.get_ident():
            raise RuntimeError("Cannot join current thread")
        while self._state != DONE:
            waiter = Waiter(self)
            self._waiters.append(waiter)
            try:
                state = waiter.wait(deadline)
            finally:
                if waiter in self._waiters:
                    self._waiters.remove(waiter)
            if state == TIMED_OUT:
                return
            if state == INTERRUPTED:
                delivery.run_pending()

    def __repr__(self):
        return f"<_ThreadHandle object: ident={self._ident}>"


@face.named("_make_thread_handle")
def make_thread_handle(ident):
    """A handle for a thread that neither `_thread` nor `threading` started."""
    handle = _ThreadHandle()
    handle._start(ident)
    return handle
