"""The record of what threads do: who runs, waits for what, wakes whom, as `recording` tells it.

A thread may have lanes of its own inside, of the tasks that its event loop runs.

Invariant: at most `KEPT` events are kept, of which the oldest go first; of a thread that lives, the
last that went is kept, so that what it did then is known.
"""

import json
import sys
from collections import deque
from itertools import count
from time import monotonic

from ..threads import thread
from . import recorded_waits
from .deadlock import own

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    from ..threads.thread import Thread
    from .fiber import Fiber
    from .wait import Wait

    type Event = dict[str, Any]

KEPT = 20_000


class Recorder:
    """The events of one run; `at` is in seconds on the cell's clock, `offset` makes them so."""

    __slots__ = (
        "_before",
        "_dropped",
        "_failed",
        "_imported",
        "_imports",
        "_lanes",
        "_numbers",
        "_offset",
        "_told",
        "arriving",
        "events",
        "inside",
        "preempting",
        "running",
        "things",
    )

    def __init__(self, offset: float) -> None:
        self._offset = offset
        self.events: deque[Event] = deque()
        #: The last event that went, of each lane that has not ended.
        self._before: dict[int, Event] = {}
        self._dropped = 0
        self._lanes: dict[Thread, int] = {}
        #: What is told of each lane: its name, and what it is if it is no thread.
        self._told: dict[int, dict[str, Any]] = {}
        self._numbers = count()
        #: Names of the exceptions that have left threads.
        self._failed: dict[Thread, str] = {}
        self.things = recorded_waits.Things()
        #: When the last of the imports ended with which the program begins, and whether it may.
        self._imported: float | None = None
        self._imports = True
        self.running: Thread | None = None
        #: The lane inside of each thread that is in the middle of a turn.
        self.inside: dict[Thread, int] = {}
        #: Whether the time slice of the running thread is over.
        self.preempting = False
        #: Whether what wakes is a deadline or comes from outside, and no thread.
        self.arriving = False

    def begin(self) -> None:
        """Threads that are there already: what each does."""
        for each in thread.alive.values():
            self._name(each)
        self.runs(thread.current())
        for each in thread.alive.values():
            if each is self.running or each.fiber is None:
                continue
            if each.fiber.wait is None:
                self.add("ready", self._lane(each))
            else:
                self.waits(each.fiber.wait, each, each.fiber.wait.frame)

    def _lane(self, of: Thread) -> int:
        number = self._lanes.get(of)
        if number is None:
            number = self._lanes[of] = next(self._numbers)
            self._told[number] = {"name": ""}
        return number

    def _name(self, of: Thread) -> None:
        self._told[self._lane(of)]["name"] = thread.name_of(of)

    def open_lane(self, kind: str, name: str, of: Thread) -> int:
        """A new lane inside the thread `of`; `kind` is as in src/protocol/timeline.ts."""
        number = next(self._numbers)
        self._told[number] = {"name": name, "kind": kind, "in": self._lane(of)}
        # The cell's own is there before its first line.
        self._imports = self._imports and name == "cell"
        return number

    def imported(self) -> None:
        """A module has been imported."""
        if self._imports:
            self._imported = self.time(monotonic())

    def rename(self, lane: int, name: str) -> None:
        if lane in self._told:
            self._told[lane]["name"] = name

    def name_of(self, lane: int) -> str:
        return self._told[lane]["name"] if lane in self._told else ""

    def drop_lane(self, lane: int) -> None:
        """There was nothing to tell of it."""
        self._told.pop(lane, None)

    def time(self, monotonic: float) -> float:
        """On the clock of the run."""
        return round(monotonic + self._offset, 7)

    def add(
        self, what: str, lane: int, frame: FrameType | None = None, /, **rest: object
    ) -> Event:
        """What `lane` does at this moment, where `frame` is."""
        event: Event = {"what": what, "lane": lane, "at": self.time(monotonic())}
        event.update({key: value for key, value in rest.items() if value is not None})
        if frame is not None:
            event["file"], event["line"] = frame.f_code.co_filename, frame.f_lineno
        if len(self.events) >= KEPT:
            self._drop()
        self.events.append(event)
        return event

    def _drop(self) -> None:
        old = self.events.popleft()
        self._dropped += 1
        if old["what"] == "ended":
            self._before.pop(old["lane"], None)
            self._told.pop(old["lane"], None)
        elif old["what"] != "unheard":
            self._before[old["lane"]] = old

    def waker(self) -> int | None:
        """The lane that does what is told now; None if it comes from outside."""
        if self.arriving or self.running is None:
            return None
        return self.lane_in(self.running)

    def lane_in(self, of: Thread) -> int:
        """That of what the thread is in the middle of, or its own."""
        inside = self.inside.get(of)
        return self._lane(of) if inside is None else inside

    def started(self, new: Thread, function: Callable[..., object]) -> None:
        """`new` will call `function` when its turn comes."""
        self._imports = False
        # `threading` forgets a thread before it ends, and knows it only once it runs.
        known = getattr(function, "__self__", None)
        name = getattr(known, "_name", None)
        self._told[self._lane(new)]["name"] = name if isinstance(name, str) else thread.name_of(new)
        daemon = True if new.daemon else None
        self.add("started", self._lane(new), place(), by=self.waker(), daemon=daemon)

    def runs(self, of: Thread) -> None:
        """`of` has the processor."""
        if self.running is not of:
            self.running = of
            self.add("runs", self._lane(of))

    def leaves(self, me: Fiber, successor: Fiber) -> None:
        """`me` makes room for `successor`."""
        if me.thread is not None and me.wait is None and self.running is me.thread:
            why = "preempted" if self.preempting else "gave way"
            self.add("left", self._lane(me.thread), place(), why=why)
        self.preempting = False
        self.running = None
        if successor.thread is not None:
            self.runs(successor.thread)

    def waits(self, wait: Wait, of: Thread, frame: FrameType | None) -> None:
        """`of` begins to wait, where `frame` is the caller of what blocks."""
        if self.running is of:
            self.running = None
        line = recorded_waits.program(frame) or recorded_waits.awaiting(of)
        told = self.things.told(wait, frame)
        holder = wait.holder if told["kind"] == "lock" else None
        if holder in self._lanes:
            told["holder"] = self._lanes[holder]
        self.add("waits", self._lane(of), line, **told)

    def ready(self, wait: Wait, how: str | None = None) -> None:
        """A wait has ended: `how` is None if somebody woke it."""
        of = wait.fiber.thread if wait.fiber is not None else None
        if of is None:
            return
        by = None if how else self.waker()
        self.add("ready", self._lane(of), None if by is None else place(), by=by, how=how)

    def ended(self, of: Thread) -> None:
        """Ended, but it still has the processor."""
        if of.name and not self._told[self._lane(of)]["name"]:
            self._name(of)
        self.add("ended", self._lane(of), failed=self._failed.pop(of, None))

    def forget(self, of: Thread) -> None:
        """Its number is never used again."""
        self._lanes.pop(of, None)
        if self.running is of:
            self.running = None

    def fails(self, of: Thread, error: BaseException | None) -> None:
        """`error` has left `of`."""
        if error is not None and not isinstance(error, SystemExit):
            self._failed[of] = type(error).__name__

    def unheard(self, frame: FrameType) -> None:
        """`frame` is that of a `Condition.notify` which the program has called."""
        condition = frame.f_locals.get("self")
        caller = frame.f_back
        if caller is not None and caller.f_code.co_qualname == "Condition.notify_all":
            caller = caller.f_back
        if condition is None or condition._waiters or caller is None or own(caller) is not caller:
            return
        lane = self.lane_in(thread.current())
        self.add("unheard", lane, caller, **self.things.named(condition, caller))

    def result(self, outcome: str) -> str:
        """As JSON, a `Timeline` of src/protocol/timeline.ts."""
        failed = None if outcome in ("ok", "exited") else outcome
        self.add("ended", self._lane(thread.main), failed=failed)
        events = sorted(self._before.values(), key=lambda event: event["at"])
        events += self.events
        named = {event["lane"] for event in events} | {event.get("by") for event in events}
        named |= {event.get("holder") for event in events}
        named |= {self._told[lane].get("in") for lane in named if lane in self._told}
        lanes = [{"lane": n, **about} for n, about in self._told.items() if n in named]
        known = {each["lane"] for each in lanes}
        for event in events:
            for key in ("by", "holder"):
                if event.get(key) not in known:
                    event.pop(key, None)
        told = {"lost": self._dropped - len(self._before), "lanes": lanes, "events": events}
        if self._imported is not None:
            told["imported"] = self._imported
        return json.dumps(told)


def place() -> FrameType | None:
    """Where the program is that has called the kernel."""
    try:
        return recorded_waits.program(sys._getframe(1))
    except ValueError:
        return None
