"""The record of what tasks of asyncio do: when each has the loop, is ready, and awaits what.

CPython tells of the few functions of its library through which a loop runs tasks and makes them
ready (`watching`). A turn is what a loop does between two looks at its queue: a step of a task, or
a callback.

Invariant: it calls no code of a program, and keeps no task alive.
"""

import sys
from types import BuiltinFunctionType, FunctionType, MethodType
from weakref import ref

from ..threads import thread
from .awaited import Awaited
from .recorded_waits import place_of, program

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Handle
    from types import FrameType
    from typing import Any

    from ..threads.thread import Thread
    from .recorder import Event, Recorder
    from .watching import Watched

#: Of callbacks that wait for their turns, and of ended tasks.
_KEPT = 10_000


class Turn:
    """What a loop does now. `cause` is who made a callback ready, as fields of an event."""

    __slots__ = ("again", "cause", "is_eager", "lane", "task")

    def __init__(
        self, task: object, lane: int | None, cause: dict[str, Any], is_eager: bool = False
    ) -> None:
        #: None of a callback, and of one that has started eagerly until it is known.
        self.task = task
        self.lane = lane
        self.cause = cause
        #: Whether it is part of the turn before it.
        self.is_eager = is_eager
        #: Whether the task of this turn has asked for another.
        self.again = False


class Tasks:
    """The tasks of one run."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._asyncio = sys.modules["asyncio"]
        self._awaited = Awaited(recorder.things, self)
        self._lanes: dict[int, tuple[ref[object], int]] = {}
        #: Of those that have failed, the event of their end.
        self._ends: dict[int, tuple[ref[object], Event]] = {}
        self._turns: dict[Thread, list[Turn]] = {}
        #: Why callbacks that are no steps of tasks are ready.
        self._causes: dict[int, tuple[ref[object], dict[str, Any]]] = {}

    def watched(self) -> list[Watched]:
        asyncio = self._asyncio
        loop, lock = asyncio.base_events.BaseEventLoop, asyncio.locks.Lock
        return [
            (asyncio.events.Handle._run.__code__, self._turn_begins, self._turn_ends),
            (loop._call_soon.__code__, None, self._scheduled),
            (loop.call_soon_threadsafe.__code__, None, self._scheduled),
            (loop.create_task.__code__, self._creates, self._created),
            (loop.call_exception_handler.__code__, self._complains, None),
            (lock.acquire.__code__, None, self._acquired),
            (lock.release.__code__, self._releases, None),
        ]

    def begin(self) -> None:
        """Tasks that are there already, of the loop that runs."""
        loop = self._asyncio._get_running_loop()
        if loop is None:
            return
        for task in self._asyncio.all_tasks(loop):
            lane = self._open(task)
            if self._awaited.future(task) is None:
                self._recorder.add("ready", lane)
            else:
                self._waits(task, lane)

    def end(self) -> None:
        """Which exceptions nobody has asked for."""
        for task, event in self._ends.values():
            if getattr(task(), "_log_traceback", False) is True:
                event["unretrieved"] = True

    def lane_of(self, task: object) -> int | None:
        known = self._lanes.get(id(task))
        return known[1] if known is not None and known[0]() is task else None

    def _open(self, task: object) -> int:
        lane = self._recorder.open_lane("task", self._awaited.name(task), thread.current())
        if len(self._lanes) > _KEPT:
            self._lanes = {key: each for key, each in self._lanes.items() if each[0]() is not None}
        self._lanes[id(task)] = (ref(task), lane)
        return lane

    # What makes tasks ready.

    def _cause(self) -> dict[str, Any]:
        """Who does what is told now, and where."""
        turn = self._turn()
        if turn is not None and turn.lane is None:
            return turn.cause
        by = self._recorder.waker()
        return {} if by is None else {"by": by, **place_of(self._own_frame())}

    def _scheduled(self, made: object) -> None:
        handle: Any = made
        task = self._task_of(handle)
        if task is None:
            if len(self._causes) > _KEPT:
                self._causes.clear()
            self._causes[id(handle)] = (ref(handle), self._cause())
            return
        turn = self._turn()
        if turn is not None and turn.task is task:
            turn.again = True
            return
        cause = self._cause()
        lane = self.lane_of(task)
        if lane is None:
            started = {key: cause[key] for key in ("by", "file", "line") if key in cause}
            self._recorder.add("started", self._open(task), **started)
            return
        future = handle._args[0] if handle._args else None
        if self._awaited.is_cancelled(task, future):
            # Otherwise what it waited for was cancelled first.
            direct = self._awaited.is_plain(future)
            cause = cause | {"how": "leftover" if _in_call("_cancel_all_tasks") else "cancelled"}
            cause = cause if direct else {"how": cause["how"]}
        self._recorder.add("ready", lane, **cause)

    def _creates(self) -> None:
        """A task that starts eagerly runs before it is known."""
        names = sys._getframe(1).f_locals
        self._turn()
        if not self._starts_eagerly(names["self"], names["kwargs"]):
            return
        recorder, me = self._recorder, thread.current()
        by = recorder.lane_in(me)
        lane = recorder.open_lane("task", "", me)
        place = place_of(self._own_frame())
        recorder.add("started", lane, by=by, **place)
        recorder.add("left", by, why="gave way", **place)
        recorder.add("runs", lane)
        self._turns.setdefault(me, []).append(Turn(None, lane, {}, is_eager=True))
        recorder.inside[me] = lane

    def _starts_eagerly(self, of: object, kwargs: dict[str, object]) -> bool:
        loop: Any = of
        # A loop that does not run starts none.
        if loop._thread_id is None:
            return False
        factory = loop._task_factory
        if factory is None:
            return kwargs.get("eager_start") is True
        if type(factory) is not FunctionType:
            return False
        eager = factory.__code__ is self._asyncio.eager_task_factory.__code__
        return eager and kwargs.get("eager_start", True) is True

    def _created(self, task: object) -> None:
        turn = self._last()
        if turn is None or not turn.is_eager or not self._awaited.is_task(task):
            return
        if turn.task is None:
            self._bind(turn, task)
        if turn.task is task:
            self._end_turn()
            self._recorder.add("runs", self._recorder.lane_in(thread.current()))

    def _bind(self, turn: Turn, task: object) -> None:
        """It is `task` that has started eagerly."""
        turn.task = task
        if turn.lane is not None:
            self._lanes[id(task)] = (ref(task), turn.lane)

    def _own_frame(self) -> FrameType | None:
        """Where the program is that has called the library, in this turn if it is one."""
        try:
            frame = sys._getframe(1)
        except ValueError:
            return None
        while frame is not None and program(frame) is not frame:
            if frame.f_code is self._asyncio.events.Handle._run.__code__:
                return None
            frame = frame.f_back
        return frame

    # Turns of a loop.

    def _last(self) -> Turn | None:
        turns = self._turns.get(thread.current())
        return turns[-1] if turns else None

    def _turn(self) -> Turn | None:
        """That of the program which calls the library now."""
        turn = self._last()
        while turn is not None and turn.is_eager and turn.task is None:
            outer = self._turns[thread.current()][-2:-1]
            running = self._asyncio.current_task(self._asyncio._get_running_loop())
            if running is not None and not (outer and running is outer[0].task):
                self._bind(turn, running)
                break
            # The making of its task has failed.
            self._end_turn()
            turn = self._last()
        return turn

    def _turn_begins(self) -> None:
        handle = sys._getframe(1).f_locals["self"]
        me = thread.current()
        # Left by an exception that has ended the loop.
        while self._turns.get(me):
            self._end_turn()
        task = self._task_of(handle)
        lane = None if task is None else self.lane_of(task)
        if task is not None and lane is None:
            lane = self._open(task)
        cause: dict[str, Any] = {}
        if lane is None:
            known = self._causes.pop(id(handle), None)
            if known is not None and known[0]() is handle:
                cause = known[1]
            elif isinstance(handle, self._asyncio.TimerHandle):
                cause = {"how": "timeout", "due": self._recorder.time(handle._when)}
            else:
                cause = {"how": "io"}
        else:
            self._recorder.add("runs", lane)
            self._recorder.inside[me] = lane
        self._turns.setdefault(me, []).append(Turn(task, lane, cause))

    def _turn_ends(self, _: object) -> None:
        while (turn := self._last()) is not None:
            self._end_turn()
            # An eager one is still there if the making of its task has failed.
            if not turn.is_eager:
                break

    def _end_turn(self) -> None:
        me = thread.current()
        turns = self._turns[me]
        turn = turns.pop()
        outer = next((each.lane for each in reversed(turns) if each.lane is not None), None)
        if turn.task is not None and turn.lane is not None:
            self._settle(turn.task, turn.lane, turn.again)
        if outer is None:
            self._recorder.inside.pop(me, None)
        else:
            self._recorder.inside[me] = outer
        if turn.task is None and turn.lane is not None:
            # There was none to be made.
            self._recorder.drop_lane(turn.lane)
            self._recorder.add("runs", self._recorder.lane_in(me))

    def _settle(self, task: object, lane: int, again: bool) -> None:
        if self._awaited.is_done(task):
            self._recorder.rename(lane, self._awaited.name(task))
            failed = self._awaited.failure(task)
            event = self._recorder.add("ended", lane, failed=failed)
            if failed is not None and len(self._ends) < _KEPT:
                self._ends[id(task)] = (ref(task), event)
            self._lanes.pop(id(task), None)
        elif again:
            self._recorder.add("left", lane, self._awaited.place(task), why="gave way")
        else:
            self._waits(task, lane)

    def _waits(self, task: object, lane: int) -> None:
        frame, told = self._awaited.told(task)
        self._recorder.rename(lane, self._awaited.name(task))
        self._recorder.add("waits", lane, frame, **told)

    def _task_of(self, handle: Handle) -> object:
        """The task of which the handle is a step; None of any other."""
        callback: Any = handle._callback
        kind = type(callback)
        if kind is not MethodType and kind is not BuiltinFunctionType and not _is_step(kind):
            return None
        owner = callback.__self__
        if not self._awaited.is_task(owner) or self._awaited.is_of_loop(owner):
            return None
        return owner

    # Locks, and what is never asked for.

    def _acquired(self, taken: object) -> None:
        lock = sys._getframe(1)
        if taken is True:
            lane = self._recorder.lane_in(thread.current())
            self._awaited.taken(lock.f_locals["self"], lane, program(lock))

    def _releases(self) -> None:
        self._awaited.free(sys._getframe(1).f_locals["self"])

    def _complains(self) -> None:
        """A task has gone whose exception nobody has asked for, or which still waited."""
        context = sys._getframe(1).f_locals["context"]
        if type(context) is not dict:
            return
        known = self._ends.get(id(context.get("future")))
        if known is not None:
            known[1]["unretrieved"] = True
        pending = self._lanes.pop(id(context.get("task")), None)
        if pending is not None:
            self._recorder.add("ended", pending[1], failed="destroyed")


def _is_step(kind: type) -> bool:
    return type(kind) is type and kind.__name__ == "TaskStepMethWrapper"


def _in_call(name: str) -> bool:
    """Whether a function of that name is on the stack."""
    try:
        frame = sys._getframe(1)
    except ValueError:
        return False
    while frame is not None:
        if frame.f_code.co_name == name:
            return True
        frame = frame.f_back
    return False
