"""What one switch between two fibers consists of, piece by piece.

Invariant: each piece is the very call that `sched/fiber.py` makes, repeated by itself with nothing
preempted; the median of several rounds, in one interpreter.
"""

import json
import statistics
import threading
import time
from asyncio import ensure_future
from collections import deque

import pyodide_js
from _os_kernel import machine
from _os_kernel.sched import fiber

TIMES = 20_000
ROUNDS = 7


def report(name, seconds):
    print("@@" + json.dumps({"name": name, "value": seconds * 1e6, "unit": "µs"}), flush=True)


def measure(piece):
    """Seconds for one call of `piece`, without those of the loop."""

    def once(called):
        began = time.perf_counter()
        for _ in range(TIMES):
            called()
        return time.perf_counter() - began

    def nothing():
        pass

    return statistics.median((once(piece) - once(nothing)) / TIMES for _ in range(ROUNDS))


def switches():
    """Seconds for one switch of two fibers, each of which gives way to the other."""

    def give():
        for _ in range(TIMES):
            fiber.yield_now()

    rounds = []
    for _ in range(ROUNDS):
        other = threading.Thread(target=give)
        began = time.perf_counter()
        other.start()
        give()
        rounds.append((time.perf_counter() - began) / (2 * TIMES))
        other.join()
    return statistics.median(rounds)


def main():
    whole = switches()
    pyodide_js.setInterruptBuffer(False)
    me = fiber.cpu.current
    line, answers = deque([me]), [None]

    def crossing():
        machine.saved(0)

    def clock():
        time.monotonic()

    def account():
        fiber._account(me)

    def prepared():
        machine.prepare_switch(me.id, me.id)
        machine.resumed(me.id)

    def converted():
        answers[0] = ensure_future(machine.suspension)

    def suspended():
        """The stack is suspended and the next to be resumed is itself."""
        machine.prepare_switch(me.id, me.id)
        machine.run_sync(machine.suspension)
        machine.resumed(me.id)

    def turns():
        line.append(me)
        line.popleft()

    try:
        pieces = {
            piece.__name__: measure(piece)
            for piece in (crossing, clock, account, prepared, converted, suspended, turns)
        }
    finally:
        pyodide_js.setInterruptBuffer(True)
    report("fiber switch, time slices on", whole)
    report("one call of JavaScript that does nothing", pieces["crossing"])
    report("prepare_switch and resumed", pieces["prepared"])
    report("run_sync and JSPI, to the same fiber", pieces["suspended"] - pieces["prepared"])
    report("  of which asyncio.ensure_future", pieces["converted"])
    report("_account", pieces["account"])
    report("  of which time.monotonic", pieces["clock"])
    report("in and out of the queue", pieces["turns"])
    known = pieces["suspended"] + pieces["account"] + pieces["turns"]
    report("what is left: the C stack's copies, block and _switch", whole - known)


main()
