"""A run in which a reader says who goes on, and how far: to the next line, the next point, a wait.

Invariant: after each command the program stands until the next one comes, and what it does between
two follows from the commands alone. A thread that is started runs to its first line, so that the
one that starts it can go on; but for this, only the thread that was told to go on does. With
`break`, all go on as in a plain run, until one calls `breakpoint()`.
"""

import dis
import json
import sys
import threading

from _os_kernel.sched import deadlock, fiber, timers
from _os_kernel.signals import delivery
from _os_kernel.threads import thread

from .look import LANES, Look, names_in, state_of
from .points import TOOL, codes_in, events, monitoring, use_at
from .trace import thing_of
from .turns import SLICE, SPIN, Lane, Run

#: Points after which a thread that goes on and on is stopped all the same, or all that do.
LONG = 20_000
#: What lies between the point behind an instruction and a line, if nothing that others could see.
_UNSEEN = {
    "CACHE",
    "COPY",
    "COPY_FREE_VARS",
    "EXTENDED_ARG",
    "LOAD_CONST",
    "LOAD_FAST",
    "LOAD_FAST_BORROW",
    "LOAD_FAST_BORROW_LOAD_FAST_BORROW",
    "LOAD_SMALL_INT",
    "MAKE_CELL",
    "NOP",
    "NOT_TAKEN",
    "POP_TOP",
    "PUSH_NULL",
    "RESUME",
    "STORE_FAST",
}


class Steered(Run):
    def __init__(self, order, outside, program) -> None:
        Run.__init__(self, None, None, outside.pass_time)
        self._outside = outside
        self._by_lock = order["granularity"] == "gil"
        self._turns = program.turns
        self._file = program.filename
        self._look = Look(each for code in program.codes for each in codes_in(code))
        self._module = self._result = None
        #: Who was told to go on, and how far. At first it is the main thread, to the first line.
        self._acting: Lane = self.running
        self._until = "line"
        self._begun = False
        self._since = 0
        #: Of each thread: its name, the point that it has passed last, and what it does there.
        self._names: dict[Lane, str] = {}
        self._where: dict[Lane, tuple] = {}
        self._words: dict[Lane, str] = {}
        #: Where threads stand that have lost the processor while they could go on.
        self._frames: dict[Lane, object] = {}
        monitoring.register_callback(TOOL, events.LINE, self._line)
        for code in program.codes:
            for each in codes_in(code):
                kept = monitoring.get_local_events(TOOL, each)
                monitoring.set_local_events(TOOL, each, kept | events.LINE)

    def begin(self, module, result) -> None:
        self._module = module
        self._result = result
        sys.breakpointhook = self._breakpoint

    def over(self) -> None:
        """The program has ended: what it was then is told, and nothing more happens."""
        self._end()

    def at_point(self, where, decides=True) -> None:
        lane = self.lanes.get(fiber.cpu.current.thread)
        if lane is None:
            return
        self._where[lane] = where
        self._since += 1
        self.since_switch += 1
        if not fiber.ready and self.since_switch > SPIN and timers.entries:
            self.since_switch = 0
            self.pass_time(timers.delay())
            timers.fire()
        if self._until == "break":
            self._go_on(lane, where)
            return
        if lane is not self._acting or not self._begun:
            return
        if self._until == "point":
            self._stand(lane, "point", use_at(*where))
        elif self._since > LONG:
            self._stand(lane, "long", use_at(*where))

    def _go_on(self, lane, where) -> None:
        """The running thread is at a point on the way to a breakpoint."""
        if self._since > LONG:
            self._acting = lane
            self._stand(lane, "long", use_at(*where))
        elif fiber.ready and self.since_switch > SLICE:
            self._give(lane, self.lanes[fiber.ready[0].thread])

    def _breakpoint(self, *args, **kwargs) -> None:
        """In the place of `sys.breakpointhook`."""
        lane = self.lanes.get(thread.current())
        frame = _standing()
        if self._turns.run is not self or lane is None or not self._begun or frame is None:
            return
        self._acting = lane
        self._where[lane] = (frame.f_code, frame.f_lasti)
        self._stand(lane, "break", "")

    def _line(self, code, line) -> None:
        if self._turns.run is not self or self._until == "break":
            return
        lane = self.lanes.get(fiber.cpu.current.thread)
        if lane is None:
            return
        if not self._begun:
            if lane.number or code.co_filename != self._file:
                return
            self._begun = True
        acting = self._acting
        if lane is acting:
            if self._until == "line":
                self._stand(lane, "line", "")
        elif acting.thread.fiber in fiber.ready:
            # It has been started, and has come to its first line.
            self._give(lane, acting)

    def next_of(self, lane, options):
        """In the place of a policy: `lane` waits, gives way or has ended."""
        if deadlock.NUMBER in delivery.pending:
            self._end("deadlock")
        acting = self._acting
        if not self._begun or self._until == "break":
            return options[0]
        if lane is acting:
            if _starts(lane):
                for option in reversed(options):
                    if option.starter is lane and option.thread.fiber.job is not None:
                        return option
            if lane in options and self._until != "point":
                return lane
        elif acting in options:
            return acting
        stopped = "blocked" if thread.alive.get(lane.thread.ident) is lane.thread else "ended"
        while True:
            self._ask(None, stopped)
            if self._acting in options:
                return self._acting

    def _stand(self, lane, stopped, words) -> None:
        """The running thread stands where it is until it is told to go on."""
        self._words[lane] = words
        self._frames[lane] = _standing()
        while True:
            self._ask(lane, stopped)
            chosen = self._acting
            if chosen is lane:
                break
            if chosen.thread.fiber in fiber.ready and not self._is_held(lane):
                self._give(lane, chosen)
                break
        self._frames.pop(lane, None)
        self._words.pop(lane, None)

    def _give(self, lane, to) -> None:
        """The running thread, which could go on, makes room for `to`."""
        self._frames[lane] = _standing()
        self.since_switch = 0
        current = fiber.cpu.current
        fiber.ready.append(current)
        fiber.ready.next = to.thread.fiber
        fiber.block()
        self._frames.pop(lane, None)

    def _is_held(self, lane) -> bool:
        """Whether `lane`, which runs, has the lock of the interpreter where it cannot lose it."""
        if not self._by_lock:
            return False
        frame = self._frames[lane]
        code, offset = self._where.get(lane, (None, 0))
        return frame is None or frame.f_code is not code or not _unseen(code, offset, frame.f_lasti)

    def _ask(self, running, stopped, **ended) -> None:
        self._flush()
        current = running and running.thread
        self._outside.stands(json.dumps(self._told(running, current, stopped) | ended))
        fiber.turn()
        command = json.loads(self._outside.command())
        for lane in self.lanes.values():
            if lane.number == command["lane"]:
                self._acting = lane
        self._until = command["until"]
        self._since = 0

    def _end(self, kind=None) -> None:
        result = self._result
        failure = None
        if kind is not None:
            failure = {"kind": kind, "what": "every thread waits, and nothing can wake one"}
        elif result.kind is not None:
            failure = {"kind": result.kind, "what": result.what}
        while True:
            self._ask(None, "over", failure=failure, exit=result.exit)

    def _flush(self) -> None:
        for stream in (sys.__stdout__, sys.__stderr__):
            try:
                stream.flush()
            except Exception:
                continue

    def _told(self, running, current, stopped) -> dict:
        lanes = list(self.lanes.values())
        return {
            "stopped": stopped,
            "acting": self._acting.number,
            "running": None if running is None else running.number,
            "held": running is not None and self._is_held(running),
            "lanes": [self._lane(lane, current, stopped) for lane in lanes[:LANES]],
            "left": max(0, len(lanes) - LANES),
            "shared": names_in(vars(self._module)),
        }

    def _lane(self, lane, current, stopped) -> dict:
        of = lane.thread
        state, thing = state_of(of, current)
        stuck = stopped == "over"
        if stuck and state == "ready" and of.fiber.wait is not None:
            # The report of the deadlock has woken it.
            state, thing = "waits", thing_of(of, of.fiber.wait)
        if thread.alive.get(of.ident) is of:
            self._names[lane] = thread.name_of(of)
        frame = self._frames.get(lane)
        if frame is None and state in ("waits", "ready") and of.fiber.wait is not None:
            frame = of.fiber.wait.frame
        frames, left = self._look.frames(frame)
        return {
            "name": self._names.get(lane, ""),
            "state": state,
            "thing": thing,
            "doing": self._words.get(lane, "") if state != "waits" else "",
            "error": self._result.errors.get(of),
            "frames": frames,
            "left": left,
        }


def _standing():
    """The frame of the program, or of the library, from which the kernel was called."""
    try:
        # The kernel's own frames do not count, except the one that asks.
        return sys._getframe(1)
    except ValueError:
        return None


def _starts(lane) -> bool:
    """Whether it waits for a thread that it starts to have begun."""
    stack = lane.thread.fiber
    frame = None if stack is None or stack.wait is None else stack.wait.frame
    while frame is not None:
        if frame.f_code is threading.Thread.start.__code__:
            return True
        frame = frame.f_back
    return False


def _unseen(code, begin: int, end: int) -> bool:
    """Whether a thread could as well have lost the processor at `begin` as at `end`, behind it."""
    for instruction in dis.get_instructions(code):
        if instruction.offset == begin and instruction.opname.startswith("JUMP_BACKWARD"):
            begin = instruction.argval
    if end < begin:
        return False
    between = (each for each in dis.get_instructions(code) if begin <= each.offset < end)
    return all(each.opname in _UNSEEN for each in between)
