"""Runs one test under many seeds, in the main thread of an interpreter on the machine for tests.

Invariant: a seed begins as the one before began: one thread, no deadline, nothing ready, no signal
under way. A test that leaves something behind fails.
"""

import gc
import hashlib
import json
import signal
import sys
import threading
import traceback
import types
from collections import deque

import _os_kernel
from _os_kernel import machine
from _os_kernel.sched import deadlock, fiber, inbox, main_thread, timers
from _os_kernel.signals import delivery
from _os_kernel.threads import thread

#: Places where a slice may end, after which a test that has not ended is stopped, unless its order
#: says another number.
PATIENCE = 100_000
#: Switches of one seed that are kept for its trace.
KEPT = 20_000


class Unordered(deque):
    """The queue of ready fibers, in an order that the seed draws.

    Nothing in the kernel may rely on the order in which fibers that are ready get their turns.
    """

    def __init__(self, draw):
        super().__init__()
        self._draw = draw

    def append(self, item):
        self.insert(self._draw(len(self) + 1), item)


def _frame():
    """The innermost frame that a program sees, or None on a stack that has none (any more)."""
    try:
        return sys._getframe(2)
    except ValueError:
        return None


class Trace:
    """Every switch of a seed: who gave the processor away, where, to whom, and when."""

    def __init__(self):
        self.switches = []
        for name in ("prepare_switch", "prepare_start", "prepare_idle"):
            setattr(machine, name, self._noting(name, getattr(machine, name)))

    def _noting(self, name, prepare):
        def noting(me, other=None):
            frame = deadlock.own(_frame())
            place = frame and (frame.f_code.co_name, frame.f_lineno)
            if len(self.switches) < KEPT:
                self.switches.append((name, me, place, other))
            return prepare(me, other)

        return noting

    def lines(self):
        for name, me, place, other in self.switches:
            where = "in the kernel" if place is None else f"{place[0]}:{place[1]}"
            if name == "prepare_idle":
                yield f"{me} idle, at {where}" + ("" if other is None else f", {other:.3f} ms")
            else:
                yield f"{me} -> {other}, at {where}"

    def digest(self):
        return hashlib.sha256(repr(self.switches).encode()).hexdigest()[:16]


class Left(AssertionError):
    """A test left something behind."""


def _look_around():
    """Raises if the seed has left anything that the next one would find."""
    others = [each.name or each.ident for each in thread.alive.values() if each is not thread.main]
    if others:
        raise Left(f"threads still run: {others}")
    pooled = set(fiber._pool)
    if any(each not in pooled for each in fiber.ready):
        raise Left(f"fibers are still ready: {list(fiber.ready)}")
    if waiting := list(timers.entries):
        raise Left(f"deadlines are still set: {waiting}")
    if delivery.pending:
        raise Left(f"signals still wait: {list(delivery.pending)}")


def together(*functions):
    """Runs each function in a thread of its own, joins all, and raises what one has raised."""
    raised = []

    def run(function):
        try:
            function()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(function,)) for function in functions]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if raised:
        raise raised[0]


class Run:
    def __init__(self, order, outside):
        self._order = order
        self._outside = outside
        self._busy = False
        self._trace = Trace()
        deadlock.watch.busy = lambda: self._busy
        inbox.handlers["signal"] = self._signalled

    def _signalled(self, arrival):
        if self._busy:
            delivery.trigger(arrival.number)

    def serve(self):
        """The main thread's life."""
        self._outside.finished(json.dumps(self._all()))

    def _all(self):
        fiber.ready = Unordered(self._outside.draw)
        module = types.ModuleType("program")
        module.__file__ = self._order["filename"]
        sys.modules["program"] = module
        exec(compile(self._order["source"], module.__file__, "exec"), vars(module))
        test = getattr(module, self._order["test"])
        gc.disable()
        gc.freeze()
        digests = []
        first = self._order.get("first", 0)
        for seed in range(first, first + self._order["seeds"]):
            if failure := self._one(test, seed):
                return failure
            digests.append(self._trace.digest())
        whole = hashlib.sha256("".join(digests).encode()).hexdigest()[:16]
        trace = list(self._trace.lines()) if self._order["trace"] else []
        return {"kind": "passed", "digest": whole, "orders": len(set(digests)), "trace": trace}

    def _one(self, test, seed):
        gc.collect()
        self._trace.switches.clear()
        self._outside.printed()
        self._busy = True
        self._outside.seed(seed)
        self._outside.signal(signal.SIGINT, self._order.get("patience", PATIENCE))
        try:
            test()
            _look_around()
        except BaseException as error:
            text = "".join(traceback.format_exception(error))
        else:
            return None
        finally:
            self._outside.seed(None)
            self._busy = False
        return {
            "kind": "failed",
            "seed": seed,
            "traceback": text,
            "printed": self._outside.printed(),
            "trace": list(self._trace.lines()),
        }


def open_tests(order, descriptors, operations, interrupt_signal, outside):
    """As `_kernel.boot.open_program`: the first fiber, and what runs each."""
    _os_kernel.attach_descriptors(descriptors)
    _os_kernel.attach(operations, interrupt_signal)
    harness = sys.modules["harness"] = types.ModuleType("harness")
    harness.together = together
    #: `draw`, `signal` and `printed` of interpreter.ts.
    harness.outside = outside
    run = Run(json.loads(order), outside)
    return main_thread.boot(run.serve), fiber.entry
