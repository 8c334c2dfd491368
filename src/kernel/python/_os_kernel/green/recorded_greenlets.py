"""The record of what greenlets do: which has its thread, what each waits for, who made it ready.

gevent's hub is a greenlet whose loop calls back; another waits by going on in the hub. Why the hub
goes on in one is known from the callback or the watcher that its loop calls at that moment.

Invariant: it calls no code of a program, and no frame that stands still refers to anything of it.
"""

import sys
from functools import partial
from itertools import count
from time import monotonic
from types import BuiltinFunctionType, FunctionType, MethodType
from weakref import ref

from ..sched.recorded_waits import place_of, program
from . import switching
from .core import DEAD, Core
from .errors import GreenletExit
from .watchers import timer

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType
    from typing import Any

    from ..sched.recorder import Recorder
    from ..threads.thread import Thread
    from .greenlet import greenlet
    from .watchers import watcher

#: Functions of gevent's that call another which says more.
_THROUGH = ("Semaphore.__enter__", "RLock.__enter__", "SimpleQueue.__next__")
_KEPT = 10_000


class Greenlets:
    """The greenlets of one run."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._lanes: dict[int, tuple[Core, int]] = {}
        self._numbers = count(1)
        #: Of objects that the loop is to call back: who has asked for it, and when.
        self._causes: dict[int, tuple[ref[object], dict[str, Any]]] = {}
        #: What the loop of each thread calls back.
        self.calling: dict[Thread, watcher] = {}

    def _lane(self, of: greenlet) -> int | None:
        known = self._lanes.get(id(switching.Parts.core_of(of)))
        return None if known is None else known[1]

    def _open(self, of: greenlet, thread: Thread) -> int:
        core = switching.Parts.core_of(of)
        kind, name = "greenlet", "main greenlet"
        if _is_hub(of):
            kind, name = "hub", "hub"
        elif core.parent is not None:
            name = self._name(of, core)
        lane = self._recorder.open_lane(kind, name, thread)
        self._lanes[id(core)] = (core, lane)
        return lane

    def _name(self, of: greenlet, core: Core) -> str:
        names = _names(of)
        given = names.get("name")
        if type(given) is str:
            return given
        run = names.get("_run", getattr(core, "first", getattr(core, "run", None)))
        return f"greenlet {next(self._numbers)} ({_function(run)})"

    # Switches.

    def _current(self, me: greenlet, thread: Thread) -> int:
        """The lane of the greenlet that runs."""
        lane = self._lane(me)
        if lane is None:
            lane = self._open(me, thread)
            self._recorder.add("runs", lane)
            self._recorder.inside[thread] = lane
        return lane

    def switches(self) -> None:
        """The current greenlet of the running thread makes room for the next."""
        local = switching._local()
        me, to, thread = local.current, local.next, local.thread
        recorder = self._recorder
        lane = self._current(me, thread)
        frame = _frame()
        core = switching.Parts.core_of(me)
        if core.state == DEAD:
            pending = switching.Parts.core_of(to).pending
            recorder.add("ended", lane, failed=_failure(me, pending))
            self._lanes.pop(id(core), None)
        elif _is_hub(me):
            recorder.add("left", lane, why="gave way")
        else:
            place, told = self._told(to, frame)
            recorder.add("waits", lane, place, **told)
        following = self._lane(to)
        cause = self._cause(me, to, lane, frame, core.state == DEAD)
        if following is None:
            following = self._open(to, thread)
            cause.pop("how", None)
            cause.pop("due", None)
            recorder.add("started", following, **cause)
        elif not _is_hub(to):
            recorder.add("ready", following, **cause)
        recorder.add("runs", following)
        recorder.inside[thread] = following

    def _cause(
        self, me: greenlet, to: greenlet, lane: int, frame: FrameType | None, ended: bool
    ) -> dict[str, Any]:
        """Why it goes on in `to`."""
        if not _is_hub(me):
            return {"by": lane} if ended else {"by": lane, **place_of(program(frame))}
        known = self._causes.get(id(to))
        if known is not None and known[0]() is to:
            del self._causes[id(to)]
            return dict(known[1])
        while frame is not None:
            notifier = frame.f_locals.get("self")
            known = self._causes.get(id(notifier))
            if known is not None and known[0]() is notifier:
                return dict(known[1])
            frame = frame.f_back
        calling = self.calling.get(switching.running())
        if isinstance(calling, timer):
            return {"how": "timeout", "due": self._recorder.time(calling.at)}
        return {} if calling is None else {"how": "io"}

    def will_call(self, function: object, args: tuple[object, ...]) -> None:
        """The loop is to call it back."""
        killed = getattr(sys.modules.get("gevent.greenlet"), "_kill", None)
        if type(function) is MethodType:
            of = function.__self__
        elif function is killed and args:
            of = args[0]
        else:
            return
        thread = switching.running()
        if thread.greenlets is None:
            return
        by = self._current(thread.greenlets.current, thread)
        place = place_of(program(_frame()))
        if isinstance(of, switching.Parts.kind) and self._is_new(of):
            self._recorder.add("started", self._open(of, thread), by=by, **place)
            return
        if len(self._causes) > _KEPT:
            self._causes.clear()
        due = self._recorder.time(monotonic())
        how = {"how": "killed"} if function is killed else {}
        try:
            reference = ref(of)
        except TypeError:
            return
        self._causes[id(of)] = (reference, {"by": by, "due": due, **how, **place})

    def _is_new(self, of: greenlet) -> bool:
        return self._lane(of) is None and switching.Parts.core_of(of).home is None

    # What one waits for.

    def _told(
        self, to: greenlet, frame: FrameType | None
    ) -> tuple[FrameType | None, dict[str, Any]]:
        """Where it waits, and the fields of a `waits` event."""
        caller = program(frame)
        if not _is_hub(to):
            return caller, {"kind": "other", "thing": "a switch"}
        called = None
        inner = frame
        while inner is not None and inner is not caller:
            if inner.f_code.co_qualname not in _THROUGH:
                called = inner
            inner = inner.f_back
        if called is None:
            return caller, {"kind": "other", "thing": "the hub"}
        call, names = called.f_code.co_qualname, called.f_locals
        target = names.get("self")
        if call == "sleep":
            seconds = names.get("seconds")
            length = f"{seconds!r}" if type(seconds) in (int, float) else ""
            return caller, {"kind": "sleep", "thing": f"gevent.sleep({length})"}
        if call in ("Greenlet.join", "Greenlet.get"):
            return caller, {"kind": "join", "thing": f"the end of {self._told_name(target)}"}
        if call in ("joinall", "killall", "wait", "iwait", "GroupMappingMixin.join"):
            return caller, {"kind": "join", "thing": _ends(names)}
        told: dict[str, Any] = {"kind": "notification", "thing": "the hub", "call": call}
        return caller, told | self._recorder.things.named(target, caller)

    def _told_name(self, of: object) -> str:
        lane = self._lane(of) if isinstance(of, switching.Parts.kind) else None
        return "a greenlet" if lane is None else self._recorder.name_of(lane)


def _is_hub(of: greenlet) -> bool:
    gevent = sys.modules.get("gevent.hub")
    return gevent is not None and issubclass(type(of), gevent.Hub)


def _names(of: object) -> dict[str, Any]:
    return object.__getattribute__(of, "__dict__")


def _function(run: object) -> str:
    while type(run) is partial:
        run = run.func
    if type(run) is MethodType:
        run = run.__func__
    if type(run) in (FunctionType, BuiltinFunctionType):
        return run.__name__  # pyright: ignore[reportAttributeAccessIssue]: it is a function
    return type(run).__name__


def _failure(of: greenlet, pending: object) -> str | None:
    """How it has ended: gevent keeps the exception of one of its own."""
    names = _names(of)
    told = names.get("_exc_info")
    if type(told) is tuple and told and isinstance(told[0], type):
        return told[0].__name__
    if isinstance(pending, BaseException):
        return type(pending).__name__
    value = names.get("value")
    if value is None and type(pending) is tuple:
        value = pending[0][0] if type(pending[0]) is tuple and pending[0] else pending[0]
    return "killed" if isinstance(value, GreenletExit) else None


def _ends(names: Mapping[str, object]) -> str:
    """Of greenlets that are waited for."""
    of = names.get("greenlets", names.get("objects"))
    count = len(of) if isinstance(of, (list, tuple, set)) else 0
    if count == 1:
        return "the end of a greenlet"
    return f"the end of {count} greenlets" if count else "the end of greenlets"


def _frame() -> FrameType | None:
    try:
        return sys._getframe(1)
    except ValueError:
        return None
