"""Opens the interpreter for a search, a replay or a run step by step: what `interpreter.ts` calls.

Invariant: it answers once, with JSON; a run step by step, only if there is none.
"""

import json
import sys
import traceback

import _os_kernel
from _os_kernel.sched import fiber, main_thread
from _os_kernel.seam import hidden

from . import schedule
from .points import GRANULARITIES, TOOL, monitoring
from .policies import Plan
from .program import Program, Refused, outcome
from .search import Search, preemptions, taken
from .steered import Steered
from .trace import Trace, source_line


class Job:
    def __init__(self, order, outside) -> None:
        self._order = order
        self._outside = outside

    def serve(self) -> None:
        """The main thread's life."""
        try:
            answer = self._answer()
        except Refused as refused:
            answer = {"kind": "refused", "why": str(refused)}
        except SyntaxError as error:
            answer = {"kind": "refused", "why": "".join(traceback.format_exception_only(error))}
        except BaseException as error:
            answer = {"kind": "died", "why": "".join(traceback.format_exception(error))}
        answer["python"] = ".".join(map(str, sys.version_info[:3]))
        self._outside.finished(json.dumps(answer))

    def _answer(self):
        order = self._order
        program = Program(order, self._outside)
        monitoring.use_tool_id(TOOL, "explorer")
        points = GRANULARITIES[order["granularity"]](program.turns, program.codes)
        points.watch()
        if "schedule" not in order:
            points.learning = True
            # It tells how the program stands, at last that it has ended, and never returns.
            program.carry_out(Steered(order, self._outside, program))
        if order["schedule"] is None:
            return self._searched(program, points)
        return self._replayed(program)

    def _searched(self, program, points):
        search = Search(program, points, self._order, self._outside)
        found = search.find()
        answer = {"runs": search.runs, "covered": search.covered}
        if found is None:
            return answer | {"kind": "held", "threads": search.threads}
        result, failure, again = found
        return answer | {
            "kind": "failed",
            "again": again,
            "failure": {"kind": failure[0], "what": failure[1]},
            "schedule": schedule.write(taken(result.run)),
            "preemptions": preemptions(result.run),
        }

    def _replayed(self, program):
        """Under the schedule that was asked for, told line by line; the plain run comes before."""
        usual = None
        if self._order["compare"]:
            usual = program.execute(Plan({})).stdout
        trace = Trace(program)
        plan = Plan(schedule.read(self._order["schedule"]))
        result = program.execute(plan, trace.tell)
        failure = outcome(result, usual)
        for row in trace.rows:
            if row.get("line"):
                row["source"] = source_line(row["file"], row["line"])
        return {
            "kind": "replayed",
            "failure": failure and {"kind": failure[0], "what": failure[1]},
            "missed": [schedule.write({place: 0}).rpartition(":")[0] for place in plan.missed],
            "names": [trace.names.get(number, "") for number in range(len(result.run.lanes))],
            "rows": trace.rows,
            "stdout": result.stdout,
            "stderr": result.stderr,
            "usual": usual,
            "preemptions": preemptions(result.run),
            "error": result.error,
            "exit": result.exit,
        }


def open_search(order, descriptors, operations, interrupt_signal, outside):
    """As `_kernel.boot.open_program`: the first fiber, and what runs each."""
    _os_kernel.attach_descriptors(descriptors)
    _os_kernel.attach(operations, interrupt_signal)
    for name in sorted(sys.modules):
        if name.startswith("explorer"):
            hidden.hide_module(sys.modules[name], "bridge")
    job = Job(json.loads(order), outside)
    return main_thread.boot(job.serve), fiber.entry
