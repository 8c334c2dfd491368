"""The places of a program's code at which a thread may lose the processor.

Two granularities. `gil`: where CPython 3.14 with its lock may switch, which is when a function
begins or goes on, when a loop jumps back, and when a call into C returns. `instruction`: before any
instruction that reads or changes what another thread may see, as without the lock.

Invariant: which places count follows from the code alone, and not from what ran before: the same
schedule leads through the same places in another interpreter.
"""

import dis
import sys
from types import CodeType

from _os_kernel.seam import hidden
from _os_kernel.threads import thread

monitoring = sys.monitoring
events = monitoring.events
#: CPython leaves the tools 3 and 4 to whoever wants them.
TOOL = 3

_BINARY_ITEM = "[]"
_READ = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_ATTR"}
_WRITE = {
    "STORE_GLOBAL",
    "DELETE_GLOBAL",
    "STORE_NAME",
    "STORE_DEREF",
    "STORE_ATTR",
    "DELETE_ATTR",
}
_CALLS = {"CALL", "CALL_KW", "CALL_FUNCTION_EX"}
#: What they change or read has no name: the items of a collection, or whatever is called.
_ANY = {
    "STORE_SUBSCR",
    "DELETE_SUBSCR",
    "BINARY_SLICE",
    "STORE_SLICE",
    "CONTAINS_OP",
    "FOR_ITER",
    "UNPACK_SEQUENCE",
    *_CALLS,
}
_words = {
    "STORE_SUBSCR": "about to change an item",
    "DELETE_SUBSCR": "about to delete an item",
    "BINARY_SLICE": "about to read a slice",
    "STORE_SLICE": "about to change a slice",
    "CONTAINS_OP": "about to look for an item",
    "FOR_ITER": "about to take the next item",
    "UNPACK_SEQUENCE": "about to take items apart",
    "JUMP_BACKWARD": "about to go back to the loop's head",
}


class Shared:
    """A name, an attribute or what has no name: which threads have read and changed it.

    Bit n of `read` and `changed` stands for thread n.
    """

    __slots__ = ("always", "changed", "read")

    def __init__(self, always: bool) -> None:
        self.always = always
        self.read = 0
        self.changed = 0

    @property
    def between_threads(self) -> bool:
        """Whether one thread has changed what another has read or changed."""
        users = self.read | self.changed
        return self.always or (self.changed != 0 and users & (users - 1) != 0)


def use_at(code: CodeType, offset: int) -> str:
    """What the instruction at a point is about to do, in words; often empty."""
    for instruction in dis.get_instructions(code):
        if instruction.offset == offset:
            return _use_of(instruction)
    return ""


def _use_of(instruction) -> str:
    name = instruction.opname
    if name in _READ:
        return f"about to read {instruction.argval}"
    if name in _WRITE:
        return f"about to change {instruction.argval}"
    if name in _CALLS:
        return "about to call"
    if name == "RESUME":
        return "the function begins or goes on"
    if name == "BINARY_OP" and instruction.argrepr == _BINARY_ITEM:
        return "about to read an item"
    return _words.get(name, "")


def codes_in(code: CodeType):
    """`code`, and every code that it contains."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_in(constant)


def _kind(name: str) -> str:
    return "attr" if name.endswith("ATTR") else "cell" if name.endswith("DEREF") else "name"


class ByInstruction:
    """Points before instructions; `turns.run` is told of each."""

    def __init__(self, turns, codes) -> None:
        self._turns = turns
        self._shared: dict[tuple[str, str], Shared] = {}
        self._any = Shared(always=True)
        #: Whether every point is a decision, also of what only one thread is known to use.
        self.learning = True
        #: Of each code, by its id: what the instruction at an offset uses, and whether it changes
        #: that.
        self._of: dict[int, dict[int, tuple[Shared | None, bool]]] = {}
        kept = [each for code in codes for each in codes_in(code)]
        changed = {
            (_kind(instruction.opname), instruction.argval)
            for code in kept
            for instruction in dis.get_instructions(code)
            if instruction.opname in _WRITE
        }
        for code in kept:
            self._of[id(code)] = {
                instruction.offset: use
                for instruction in dis.get_instructions(code)
                if (use := self._use(instruction, changed)) is not None
            }
        #: Alive as long as their ids are used.
        self._kept = kept

    def _use(self, instruction, changed):
        name = instruction.opname
        if name == "JUMP_BACKWARD":
            return None, False
        if name in _ANY or (name == "BINARY_OP" and instruction.argrepr == _BINARY_ITEM):
            return self._any, True
        if name not in _READ and name not in _WRITE:
            return None
        key = (_kind(name), instruction.argval)
        if key not in changed:
            return None
        return self._shared.setdefault(key, Shared(always=False)), name in _WRITE

    def watch(self) -> None:
        monitoring.register_callback(TOOL, events.INSTRUCTION, self._at)
        for code in self._kept:
            monitoring.set_local_events(TOOL, code, events.INSTRUCTION)

    def _at(self, code, offset):
        use = self._of[id(code)].get(offset)
        if use is None:
            return monitoring.DISABLE
        run = self._turns.run
        if run is None:
            return None
        shared, changes = use
        if shared is None:
            run.at_point((code, offset), False)
            return None
        decides = self.learning or shared.between_threads
        if len(run.lanes) > 1:
            lane = run.lanes.get(thread.current())
            if lane is not None:
                if changes:
                    shared.changed |= 1 << lane.number
                else:
                    shared.read |= 1 << lane.number
        run.at_point((code, offset), decides)
        return None


class ByLock:
    """Points where the interpreter that has a lock may hand it over; `turns.run` is told of each.

    Inside the library there are none: what could happen there happens when its function is called
    or returns.
    """

    learning = False

    def __init__(self, turns, codes) -> None:
        self._turns = turns
        #: Alive as long as their ids are used.
        self._kept = [each for code in codes for each in codes_in(code)]
        #: Of each code, by its id: the offsets of the instructions that follow a call.
        self._after = {id(code): set(_after_calls(code)) for code in self._kept}

    def watch(self) -> None:
        monitoring.register_callback(TOOL, events.PY_START, self._begins)
        monitoring.register_callback(TOOL, events.PY_RESUME, self._begins)
        monitoring.register_callback(TOOL, events.CALL, self._calls)
        monitoring.register_callback(TOOL, events.INSTRUCTION, self._at)
        monitoring.register_callback(TOOL, events.JUMP, self._jumps)
        wanted = (
            events.PY_START | events.PY_RESUME | events.CALL | events.INSTRUCTION | events.JUMP
        )
        for code in self._kept:
            monitoring.set_local_events(TOOL, code, wanted)

    def _begins(self, code, offset):
        run = self._turns.run
        if run is not None:
            run.at_point((code, offset))

    def _calls(self, code, offset, function, first):
        run = self._turns.run
        if run is None:
            return
        lane = run.lanes.get(thread.current())
        if lane is None:
            return
        code_called = getattr(getattr(function, "__func__", function), "__code__", None)
        lane.called = id(code_called) not in self._after
        # The library's functions begin as the program's do; the kernel's are C natively.
        if lane.called and code_called is not None and not hidden.is_hidden(code_called):
            run.at_point((code, offset))

    def _at(self, code, offset):
        if offset not in self._after[id(code)]:
            return monitoring.DISABLE
        run = self._turns.run
        if run is None:
            return None
        lane = run.lanes.get(thread.current())
        if lane is not None and lane.called:
            lane.called = False
            run.at_point((code, offset))
        return None

    def _jumps(self, code, offset, to):
        if to > offset:
            return monitoring.DISABLE
        run = self._turns.run
        if run is not None:
            run.at_point((code, offset))
        return None


def _after_calls(code: CodeType):
    after = False
    for instruction in dis.get_instructions(code):
        if after:
            yield instruction.offset
        after = instruction.opname in _CALLS


GRANULARITIES = {"gil": ByLock, "instruction": ByInstruction}
