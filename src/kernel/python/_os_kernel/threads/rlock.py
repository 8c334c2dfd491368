"""`_thread.RLock`.

Invariant: the inner lock is held exactly while `_count` is positive, by the thread `_owner`.
"""

from ..seam.declare import Face
from . import thread
from .lock import lock

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never, Self

face = Face("_thread")


@face
class RLock:
    __slots__ = ("__weakref__", "_count", "_lock", "_owner")

    def __new__(cls, *args: object, **kwargs: object) -> Self:
        self = object.__new__(cls)
        self._lock = lock()
        self._lock._reentrant = True
        self._owner = None
        self._count = 0
        return self

    def __init__(self, *args: object, **kwargs: object) -> None:
        if args or kwargs:
            from warnings import warn

            warn(
                "Passing arguments to RLock is deprecated and will be removed in 3.15",
                DeprecationWarning,
                stacklevel=1,
            )

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
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

    def release(self) -> None:
        """Release the lock."""
        if self._owner is not thread.current():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    def locked(self) -> bool:
        """Return a boolean indicating whether this object is locked right now."""
        return self._count > 0

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()

    def _is_owned(self) -> bool:
        return self._owner is thread.current()

    def _recursion_count(self) -> int:
        return self._count if self._owner is thread.current() else 0

    def _release_save(self) -> tuple[int, thread.Thread | None]:
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        state = (self._count, self._owner)
        self._count = 0
        self._owner = None
        self._lock.release()
        return state

    def _acquire_restore(self, state: tuple[int, thread.Thread | None]) -> None:
        self._lock.acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self) -> None:
        self._lock = lock()
        self._lock._reentrant = True
        self._owner: thread.Thread | None = None
        self._count = 0

    def __reduce__(self) -> Never:
        raise TypeError(f"cannot pickle '{type(self).__module__}.{type(self).__qualname__}' object")

    def __repr__(self) -> str:
        state = "locked" if self._count else "unlocked"
        owner = self._owner.ident if self._owner is not None else 0
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return f"<{state} {name} object owner={owner} count={self._count} at {id(self):#x}>"
