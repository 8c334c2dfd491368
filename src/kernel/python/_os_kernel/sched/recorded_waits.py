"""What a thread waits for, as the record of a run tells it: the kind, the words, the name.

Invariant: it calls no code of a program: it compares objects and reads frames.
"""

from weakref import ref

from ..threads import thread
from ..threads.handle import JoinWait
from ..threads.lock import LockWait, lock
from ..threads.rlock import RLock
from . import sleep
from .deadlock import own, watch

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType
    from typing import Any

    from ..threads.thread import Thread
    from .wait import Wait

#: Names that are looked at to find one, and places of locks that are kept.
_NAMES = 1_000
_PLACES = 10_000


#: Where distributions are put.
_PACKAGES = "/site-packages/"


def program(frame: FrameType | None) -> FrameType | None:
    """The innermost frame of the program's own code, past the library and distributions."""
    frame = own(frame)
    while frame is not None and _PACKAGES in frame.f_code.co_filename:
        frame = own(frame.f_back)
    return frame


def place_of(frame: FrameType | None) -> dict[str, Any]:
    """The fields of an event that say where it happened."""
    if frame is None:
        return {}
    return {"file": frame.f_code.co_filename, "line": frame.f_lineno}


def awaiting(of: Thread) -> FrameType | None:
    """Where the cell awaits, if the event loop waits on its behalf."""
    return watch.awaiting() if of is thread.main else None


class Things:
    """Numbers and names of what is waited for, and where each lock was taken."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[ref[object], int]] = {}
        self._count = 0
        self._taken: dict[int, tuple[str, int]] = {}

    def taken(self, which: lock, place: FrameType | None) -> None:
        """The running thread has it, since `place`."""
        if place is None:
            self._taken.pop(id(which), None)
            return
        if len(self._taken) > _PLACES:
            self._taken.clear()
        self._taken[id(which)] = (place.f_code.co_filename, place.f_lineno)

    def told(self, wait: Wait, frame: FrameType | None) -> dict[str, Any]:
        """The fields of a `waits` event, but for who waits and where."""
        caller = program(frame)
        # The function of the library that the program called, and the object it was called on.
        called = None
        inner = frame
        while inner is not None and inner is not caller:
            called, inner = inner, inner.f_back
        if caller is None:
            called = None
        kind = _kind(wait, frame)
        told: dict[str, Any] = {"kind": kind, "thing": wait.thing}
        if called is not None:
            told["call"] = called.f_code.co_qualname
        target = wait.object if called is None else called.f_locals.get("self")
        told.update(self.named(target, caller))
        if kind == "lock" and id(wait.object) in self._taken:
            told["heldFile"], told["held"] = self._taken[id(wait.object)]
        return told

    def named(self, target: object, frame: FrameType | None) -> dict[str, Any]:
        """Its number, the same as long as it lives, and what the program at `frame` calls it."""
        number = self._number(target)
        if number is None:
            return {}
        name = None if frame is None else _name(target, frame)
        return {"object": number} if name is None else {"object": number, "name": name}

    def _number(self, target: object) -> int | None:
        if target is None:
            return None
        known = self._known.get(id(target))
        if known is not None and known[0]() is target:
            return known[1]
        try:
            reference = ref(target)
        except TypeError:
            return None
        if len(self._known) > _PLACES:
            self._known = {key: each for key, each in self._known.items() if each[0]() is not None}
        self._count += 1
        self._known[id(target)] = (reference, self._count)
        return self._count


def _kind(wait: Wait, frame: FrameType | None) -> str:
    if isinstance(wait, LockWait):
        # There the thread waits for a lock of its own, released by whoever notifies it.
        notified = frame is not None and frame.f_code.co_qualname == "Condition.wait"
        return "notification" if notified else "lock"
    if isinstance(wait, sleep.SleepWait):
        return "sleep"
    return "join" if isinstance(wait, JoinWait) else "other"


def _name(target: object, frame: FrameType) -> str | None:
    for prefix, names in _namespaces(frame):
        for index, (name, value) in enumerate(names.items()):
            if index > _NAMES:
                break
            if value is target or (type(value) is RLock and value._lock is target):
                return f"{prefix}{name}"
    return None


def _namespaces(frame: FrameType) -> Iterator[tuple[str, Mapping[str, object]]]:
    # A parameter's name may mean another thing in each thread; a global name means one.
    yield "", frame.f_globals
    inner = frame.f_locals
    if "self" in inner:
        attributes = _attributes(inner["self"])
        if attributes is not None:
            yield "self.", attributes
    if frame.f_globals is not inner:
        yield "", inner


def _attributes(of: object) -> Mapping[str, object] | None:
    try:
        return object.__getattribute__(of, "__dict__")
    except AttributeError:
        return None
