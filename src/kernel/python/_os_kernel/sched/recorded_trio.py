"""The record of what tasks of trio do: trio itself tells an instrument (`trio.abc.Instrument`).

Invariant: it calls no code of a program, and never changes which task runs next.
"""

import sys
from time import monotonic

from ..threads import thread
from .awaited import frames
from .recorded_waits import place_of, program
from .recorder import place

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, ModuleType
    from typing import Any

    from .recorder import Recorder
    from .watching import Watched

    #: trio's; it cannot be imported where types are checked.
    type Task = Any

#: The module of trio's whose `setup_runner` begins each run.
MODULE = "trio._core._run"
#: Functions of trio's that only await what another of them does.
_THROUGH = (
    "AsyncContextManagerMixin.__aenter__",
    "AsyncResource.__aexit__",
    "ReceiveChannel.__anext__",
    "ReceiveStream.__anext__",
)
_LOCK = "_LockImpl.acquire"


class Instrument:
    """Of one run of trio's. Its methods are named as trio calls them."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._lanes: dict[object, int] = {}
        self._names: dict[str, int] = {}
        #: Those that have had no turn yet.
        self._new: set[object] = set()
        self._again = False

    def task_spawned(self, task: Task) -> None:
        # The rest is trio's own.
        if task.parent_nursery is None or task.name.startswith("<"):
            return
        cause = self._cause()
        lane = self._recorder.open_lane("task", self._name(task), thread.current())
        self._lanes[task] = lane
        self._new.add(task)
        started = {key: cause[key] for key in ("by", "file", "line") if key in cause}
        self._recorder.add("started", lane, **started)

    def task_scheduled(self, task: Task) -> None:
        lane = self._lanes.get(task)
        if lane is None or task in self._new:
            return
        if self._recorder.inside.get(thread.current()) == lane:
            self._again = True
            return
        self._recorder.add("ready", lane, **self._cause())

    def before_task_step(self, task: Task) -> None:
        lane = self._lanes.get(task)
        self._new.discard(task)
        self._again = False
        if lane is not None:
            self._recorder.add("runs", lane)
            self._recorder.inside[thread.current()] = lane

    def after_task_step(self, task: Task) -> None:
        lane = self._lanes.get(task)
        if lane is None:
            return
        self._recorder.inside.pop(thread.current(), None)
        frame, told = self._told(task)
        if self._again:
            self._recorder.add("left", lane, frame, why="gave way")
        else:
            self._recorder.add("waits", lane, frame, **told)

    def task_exited(self, task: Task) -> None:
        lane = self._lanes.pop(task, None)
        if lane is None:
            return
        frame = _calls("task_exited")
        error = None if frame is None else getattr(frame.f_locals.get("outcome"), "error", None)
        failed = None if error is None else type(error).__name__
        self._recorder.add("ended", lane, failed="cancelled" if failed == "Cancelled" else failed)
        self._recorder.inside.pop(thread.current(), None)

    def _name(self, task: Task) -> str:
        """What trio calls it, without the module; with a number if it is not the first."""
        _, _, name = task.name.rpartition("<locals>.")
        name = name.removeprefix("__main__.")
        self._names[name] = self._names.get(name, 0) + 1
        return name if self._names[name] == 1 else f"{name} {self._names[name]}"

    def _cause(self) -> dict[str, Any]:
        """Who makes a task ready, and where."""
        if self._recorder.inside.get(thread.current()) is not None:
            cancelled = _calls("_attempt_abort") is not None
            how = {"how": "cancelled"} if cancelled else {}
            return {"by": self._recorder.waker(), **place_of(place()), **how}
        expired = _calls("expire")
        if expired is not None:
            late = expired.f_locals["now"] - expired.f_locals["deadline"]
            return {"how": "timeout", "due": self._recorder.time(monotonic() - late)}
        if _calls("process_events") is not None:
            return {"how": "io"}
        # As `trio.run` begins it.
        if _calls("init") is None:
            return {}
        return {"by": self._recorder.waker(), **place_of(place())}

    def _told(self, task: Task) -> tuple[FrameType | None, dict[str, Any]]:
        """Where it waits, and the fields of a `waits` event."""
        caller, inner = None, []
        for frame in frames(task.coro):
            if program(frame) is frame:
                caller, inner = frame, []
            else:
                inner.append(frame)
        called = next((each for each in inner if each.f_code.co_qualname not in _THROUGH), None)
        if called is None:
            return caller, {"kind": "other", "thing": "a reschedule"}
        call, names = called.f_code.co_qualname, called.f_locals
        if call in ("sleep", "sleep_until", "sleep_forever"):
            seconds = names.get("seconds")
            length = f"{seconds!r}" if type(seconds) in (int, float) else ""
            return caller, {"kind": "sleep", "thing": f"trio.{call}({length})"}
        if call == "NurseryManager.__aexit__":
            count = len(names["self"]._nursery._children)
            children = "a task" if count == 1 else f"{count} tasks"
            return caller, {"kind": "join", "thing": f"the end of {children} of its nursery"}
        told: dict[str, Any] = {"kind": "notification", "thing": "trio", "call": call}
        target = names.get("self")
        if call == _LOCK:
            del told["call"]
            told.update(kind="lock", thing="a Lock")
            holder = self._lanes.get(target._owner)
            told.update({} if holder is None else {"holder": holder})
        return caller, told | self._recorder.things.named(target, caller)


def watched(module: ModuleType, recorder: Recorder) -> list[Watched]:
    """Adds an instrument to each run that begins; `module` is the one named `MODULE`."""

    def begins(made: object) -> None:
        runner: Any = made
        runner.instruments.add_instrument(Instrument(recorder))

    return [(module.setup_runner.__code__, None, begins)]


def _calls(name: str) -> FrameType | None:
    """The frame of trio's that has that name and leads here."""
    try:
        frame = sys._getframe(1)
    except ValueError:
        return None
    while frame is not None and not (
        frame.f_code.co_name == name and "/trio/" in frame.f_code.co_filename
    ):
        frame = frame.f_back
    return frame
