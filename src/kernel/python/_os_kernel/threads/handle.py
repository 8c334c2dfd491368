"""`_thread._ThreadHandle`.

Invariant: a handle goes NOT_STARTED, RUNNING, DONE and never back; DONE wakes all who join.
"""

from time import monotonic

from ..sched.wait import INTERRUPTED, TIMED_OUT, Wait, WaitQueue
from ..seam.declare import Face
from ..signals import delivery
from . import thread

face = Face("_thread")

NOT_STARTED, RUNNING, DONE = range(3)


class JoinWait(Wait):
    """Waits for the end of the thread with the handle `object`."""

    __slots__ = ()
    object: _ThreadHandle

    @property
    def thing(self) -> str:
        other = thread.alive.get(self.object.ident)
        return f"the end of {thread.name_of(other) if other else 'a thread'}"


@face
class _ThreadHandle:
    __slots__ = ("__weakref__", "_ident", "_state", "_waits")

    def __init__(self) -> None:
        self._state = NOT_STARTED
        self._ident = 0
        self._waits = WaitQueue()

    @property
    def ident(self) -> int:
        return self._ident

    def is_done(self) -> bool:
        return self._state == DONE

    def _start(self, ident: int) -> None:
        if self._state != NOT_STARTED:
            raise RuntimeError("thread already started")
        self._state = RUNNING
        self._ident = ident

    def _set_done(self) -> None:
        if self._state == NOT_STARTED:
            raise RuntimeError("thread not started")
        self._state = DONE
        self._waits.wake_all()

    def join(self, timeout: float | None = None) -> None:
        if self._state == NOT_STARTED:
            raise RuntimeError("thread not started")
        if timeout is not None and timeout != timeout:
            raise ValueError("Invalid value NaN (not a number)")
        deadline = None if timeout is None or timeout < 0 else monotonic() + timeout
        if self._state != DONE and self._ident == thread.get_ident():
            raise RuntimeError("Cannot join current thread")
        while self._state != DONE:
            wait = JoinWait(self)
            self._waits.add(wait)
            try:
                state = wait.block(deadline)
            finally:
                self._waits.discard(wait)
            if state == TIMED_OUT:
                return
            if state == INTERRUPTED:
                delivery.run_pending()

    def __repr__(self) -> str:
        return f"<_ThreadHandle object: ident={self._ident}>"


@face.named("_make_thread_handle")
def make_thread_handle(ident: int) -> _ThreadHandle:
    """A handle for a thread that neither `_thread` nor `threading` started."""
    handle = _ThreadHandle()
    handle._start(ident)
    return handle
