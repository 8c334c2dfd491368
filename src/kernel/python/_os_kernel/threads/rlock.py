"""`_thread.RLock`.

Invariant: the inner lock is held exactly while `_count` is positive, by the thread `_owner`.
"""

from ..seam.declare import Face
from . import thread
from .lock import lock

face = Face("_thread")


@face
class RLock:
    __slots__ = ("__weakref__", "_count", "_lock", "_owner")

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._lock = lock()
        self._lock._reentrant = True
        self._owner = None
        self._count = 0
        return self

    def __init__(self, *args, **kwargs):
        if args or kwargs:
            from warnings import warn

            warn(
                "Passing arguments to RLock is deprecated and will be removed in 3.15",
                DeprecationWarning,
                stacklevel=1,
            )

    def acquire(self, blocking=True, timeout=-1):
        """Lock the lock; the thread that holds it may lock it again."""
        me = thread.current()
        if self._owner is me:
            self._count += 1
            return True
        if self._lock.acquire(blocking, timeout):
            self._owner = me
            self._count = 1
            return True
        return False

    def release(self):
        """Release the lock."""
        if self._owner is not thread.current():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    def locked(self):
        """Return a boolean indicating whether this object is locked right now."""
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()

    def _is_owned(self):
        return self._owner is thread.current()

    def _recursion_count(self):
        return self._count if self._owner is thread.current() else 0

    def _release_save(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        state = (self._count, self._owner)
        self._count = 0
        self._owner = None
        self._lock.release()
        return state

    def _acquire_restore(self, state):
        self._lock.acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self):
        self._lock = lock()
        self._lock._reentrant = True
        self._owner = None
        self._count = 0

    def __reduce__(self):
        raise TypeError(f"cannot pickle '{type(self).__module__}.{type(self).__qualname__}' object")

    def __repr__(self):
        state = "locked" if self._count else "unlocked"
        owner = self._owner.ident if self._owner is not None else 0
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return f"<{state} {name} object owner={owner} count={self._count} at {id(self):#x}>"
