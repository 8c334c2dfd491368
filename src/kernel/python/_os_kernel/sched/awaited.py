"""What a task of asyncio awaits, as the record of a run tells it: the line, the words, the name.

It is read from the frames of the coroutines that await each other, and from the future on which
the innermost of them waits.

Invariant: it calls no code of a program: a method of a task is called by the name of its class.
"""

import gc
import sys
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from weakref import ref

from .recorded_waits import program

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

    from .recorded_tasks import Tasks
    from .recorded_waits import Things

#: Functions of the library that only await what they are given, or what another of them does.
_THROUGH = ("_ContextManagerMixin.__aenter__", "wait_for", "Timeout.__aenter__", "_cancel_and_wait")
_COROUTINES = (CoroutineType, GeneratorType, AsyncGeneratorType)
#: Types of C that `async for`, `anext` and `__await__` put around them.
_WRAPPERS = (
    "async_generator_asend",
    "async_generator_athrow",
    "anext_awaitable",
    "coroutine_wrapper",
)
_PLACES = 10_000


class Awaited:
    """`things` are those of the run: their numbers and names are the same for threads and tasks."""

    def __init__(self, things: Things, tasks: Tasks) -> None:
        asyncio = sys.modules["asyncio"]
        self._things = things
        self._tasks = tasks
        self._kinds = (asyncio.Task, asyncio.tasks._PyTask)
        self._futures = (asyncio.Future, asyncio.futures._PyFuture)
        self._gathering = asyncio.tasks._GatheringFuture
        self._condition = asyncio.Condition
        #: Of each lock that a task has: the task's lane, and where it was taken.
        self._held: dict[int, tuple[ref[object], int, str, int]] = {}

    # Tasks and futures, past what a program may have made of their methods.

    def is_task(self, thing: object) -> bool:
        return issubclass(type(thing), self._kinds)

    def _ask(self, task: object, method: str) -> object:
        """What that method of the library's own class says of it."""
        kind = next(kind for kind in self._kinds if issubclass(type(task), kind))
        return getattr(kind, method)(task)

    def is_done(self, task: object) -> bool:
        return self._ask(task, "done") is True

    def failure(self, task: object) -> str | None:
        """The name of what has ended it, "cancelled", or None."""
        if self._ask(task, "cancelled"):
            return "cancelled"
        # `exception()` would count as asking for it.
        error = object.__getattribute__(task, "_exception")
        return None if error is None else type(error).__name__

    def future(self, task: object) -> object:
        """On which it waits, or None."""
        return object.__getattribute__(task, "_fut_waiter")

    def is_cancelled(self, task: object, future: object) -> bool:
        """Whether it is told to end, by what it waits for."""
        kind = next((each for each in self._futures if issubclass(type(future), each)), None)
        if kind is None:
            return False
        return kind.cancelled(future) and self._ask(task, "cancelling") != 0

    def is_plain(self, future: object) -> bool:
        return not self.is_task(future) and type(future) is not self._gathering

    def is_of_loop(self, task: object) -> bool:
        """Whether the loop has made it for itself, to end in order."""
        coroutine: Any = self._ask(task, "get_coro")
        if type(coroutine) is not CoroutineType:
            return False
        return coroutine.cr_code.co_qualname.startswith("BaseEventLoop.shutdown_")

    def name(self, task: object) -> str:
        """What the program calls it; with the function that it runs if that says nothing."""
        coroutine: Any = self._ask(task, "get_coro")
        if _is_cell(coroutine):
            return "cell"
        name = str(self._ask(task, "get_name"))
        if not name.startswith("Task-") or not name[5:].isdecimal():
            return name
        if type(coroutine) not in _COROUTINES:
            return name
        return f"{name} ({coroutine.__name__})"

    # What it awaits.

    def place(self, task: object) -> FrameType | None:
        """Where the program's own code awaits."""
        return self._stack(task)[0]

    def _stack(self, task: object) -> tuple[FrameType | None, list[FrameType]]:
        """The innermost frame of the program's, and those of the library that it awaits."""
        caller, inner = None, []
        for frame in frames(self._ask(task, "get_coro")):
            if program(frame) is frame:
                caller, inner = frame, []
            else:
                inner.append(frame)
        return caller, inner

    def told(self, task: object) -> tuple[FrameType | None, dict[str, Any]]:
        """Where it awaits, and the fields of a `waits` event."""
        caller, inner = self._stack(task)
        future: Any = self.future(task)
        if self.is_task(future):
            return caller, {"kind": "join", "thing": f"the end of {self.name(future)}"}
        if type(future) is self._gathering:
            count = sum(not self._is_over(child) for child in future._children)
            return caller, {"kind": "join", "thing": _ends(count)}
        called = next((each for each in inner if each.f_code.co_qualname not in _THROUGH), None)
        if called is None:
            told = {"kind": "notification", "thing": "a Future"}
            return caller, told | self._things.named(future, caller)
        return caller, self._called(called, inner, caller)

    def _called(
        self, called: FrameType, inner: list[FrameType], caller: FrameType | None
    ) -> dict[str, Any]:
        """The function of the library that waits, among those that `caller` awaits."""
        call, names = called.f_code.co_qualname, called.f_locals
        if call == "sleep":
            delay = names.get("delay")
            seconds = f"{delay!r}" if type(delay) in (int, float) else ""
            return {"kind": "sleep", "thing": f"asyncio.sleep({seconds})"}
        if call == "TaskGroup.__aexit__":
            count = len(names["self"]._tasks)
            return {"kind": "join", "thing": f"{_ends(count)} of its TaskGroup"}
        if call in ("_wait", "wait"):
            count = sum(not self._is_over(child) for child in names.get("fs", ()))
            return {"kind": "join", "thing": f"{_ends(count)}"}
        target = names.get("self")
        told: dict[str, Any] = {"kind": "notification", "thing": "a Future", "call": call}
        if inner[-1].f_code.co_qualname == "Lock.acquire":
            lock = inner[-1].f_locals["self"]
            outermost = inner[0].f_locals.get("self")
            told.update(self._holder(lock), kind="lock", thing="a Lock")
            if type(outermost) is self._condition:
                target, told["call"] = outermost, "Condition.acquire"
            elif target is lock:
                del told["call"]
        return told | self._things.named(target, caller)

    def _is_over(self, future: object) -> bool:
        kind = next((each for each in self._futures if issubclass(type(future), each)), None)
        return kind is not None and kind.done(future)

    # Who has which lock.

    def taken(self, lock: object, lane: int, frame: FrameType | None) -> None:
        if len(self._held) > _PLACES:
            self._held.clear()
        file, line = ("", 0) if frame is None else (frame.f_code.co_filename, frame.f_lineno)
        self._held[id(lock)] = (ref(lock), lane, file, line)

    def free(self, lock: object) -> None:
        self._held.pop(id(lock), None)

    def _holder(self, lock: object) -> dict[str, Any]:
        known = self._held.get(id(lock))
        if known is None or known[0]() is not lock:
            return {}
        _, lane, file, line = known
        return {"holder": lane, "heldFile": file, "held": line} if line else {"holder": lane}


def _ends(count: int) -> str:
    return "the end of a task" if count == 1 else f"the end of {count} tasks"


def _is_cell(coroutine: object) -> bool:
    module = sys.modules.get("_kernel.cell_coroutine")
    return module is not None and type(coroutine) is module.CellCoroutine


def _leads_on(thing: object) -> bool:
    kind = type(thing)
    return kind in _COROUTINES or kind.__name__ in _WRAPPERS


def frames(outermost: object) -> Iterator[FrameType]:
    """Of coroutines that await each other, the outermost first."""
    coroutine: Any = outermost
    if _is_cell(coroutine):
        coroutine = coroutine._awaited
    while coroutine is not None:
        kind = type(coroutine)
        if kind is CoroutineType:
            frame, inner = coroutine.cr_frame, coroutine.cr_await
        elif kind is GeneratorType:
            frame, inner = coroutine.gi_frame, coroutine.gi_yieldfrom
        elif kind is AsyncGeneratorType:
            frame, inner = coroutine.ag_frame, coroutine.ag_await
        elif kind.__name__ in _WRAPPERS:
            # No attribute leads on from it.
            referents = gc.get_referents(coroutine)
            coroutine = next((each for each in referents if _leads_on(each)), None)
            continue
        else:
            return
        if frame is None:
            return
        yield frame
        coroutine = inner
