"""What happened in a run, thread by thread and line by line, for people to read.

Invariant: looking changes nothing: the same schedule leads through the same points.
"""

import linecache

from _os_kernel.sched import deadlock
from _os_kernel.threads import thread

from .points import TOOL, codes_in, events, monitoring

#: Rows that are kept: the last ones, which lead to the failure.
KEPT = 400


class Trace:
    """Rows: `line` (a thread is at a line of the program), and why another goes on."""

    def __init__(self, program) -> None:
        self._turns = program.turns
        self.rows: list[dict] = []
        #: Of the threads, by their numbers. One that has not begun has no name yet.
        self.names: dict[int, str] = {}
        self._last: tuple | None = None
        monitoring.register_callback(TOOL, events.LINE, self._line)
        for code in program.codes:
            for each in codes_in(code):
                kept = monitoring.get_local_events(TOOL, each)
                monitoring.set_local_events(TOOL, each, kept | events.LINE)

    def _add(self, **row) -> None:
        self.rows.append(row)
        del self.rows[:-KEPT]

    def _line(self, code, line) -> None:
        run = self._turns.run
        if run is None:
            return
        lane = run.lanes.get(thread.current())
        if lane is not None:
            self.names[lane.number] = thread.name_of(lane.thread)
            self._add(what="line", thread=lane.number, file=code.co_filename, line=line)

    def tell(self, event) -> None:
        what, lane, chosen, detail = event
        for each in self._turns.run.lanes.values():
            if each.thread.ident in thread.alive:
                self.names[each.number] = thread.name_of(each.thread)
        to = chosen.number
        if what in ("begins", "preempted"):
            code, offset = detail
            line = _line_at(code, offset)
            self._add(what=what, thread=lane.number, to=to, file=code.co_filename, line=line)
            return
        self._add(what=what, thread=lane.number, to=to, thing=thing_of(lane.thread, detail))


def _line_at(code, offset):
    for start, end, line in code.co_lines():
        if start <= offset < end:
            return line
    return None


def thing_of(of, wait) -> str:
    if wait is None:
        return ""
    if deadlock._call(wait.frame) == "Thread.start":
        return "the thread that it starts"
    # The report of a deadlock goes on with where the holder waits; here it may not wait at all.
    return deadlock._thing(of).partition(", which is")[0]


def source_line(file: str, line: int) -> str:
    return linecache.getline(file, line).strip()
