"""Runs a chapter's cells in the chapter's namespace, as a notebook does.

Invariant: every cell that was started tells once how it has ended, and everything that the reader
must see has been told to the page before.
"""

import asyncio
import builtins
import contextvars
import json
import linecache
import sys
import types

from _kernel import introspection, results, streams, tracebacks
from _kernel.cell import Execute, Inspect, compile_cell, raise_before
from _kernel.cell_coroutine import ENDED, CellCoroutine
from _os_kernel.sched.deadlock import Deadlock
from _os_kernel.sched.fiber import cpu
from _os_kernel.signals import delivery
from pyodide.ffi import can_run_sync

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import Any

    from _kernel.page import Page


class Namespace:
    """One chapter: a `__main__` of its own, its `__future__` flags and its context variables."""

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        self.module.__dict__["__builtins__"] = builtins
        self.flags = 0
        self.context = contextvars.Context()

    @property
    def names(self) -> dict[str, Any]:
        return self.module.__dict__


class Notebook:
    """The cells' runner.

    `page` is told results, errors and exits (`#page` in src/kernel/process/interpreter.ts).
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._namespaces: dict[str, Namespace] = {}
        self._task: asyncio.Task[object] | None = None
        self._cell: CellCoroutine | None = None
        self._cause: KeyboardInterrupt | None = None
        sys.displayhook = self._display

    def describe(self) -> tuple[str, bool]:
        """(version, whether this call's stack can be suspended)"""
        return "{}.{}.{}".format(*sys.version_info), can_run_sync()

    def start(
        self, source: str, filename: str, namespace: str, finished: Callable[[str], object]
    ) -> None:
        """Begins a cell in the loop that runs; `finished` is told its outcome.

        The outcome is a `RunOutcome` of src/protocol/run.ts.
        """
        space = self._namespaces.setdefault(namespace, Namespace())
        sys.modules["__main__"] = space.module
        # An entry without a time is never checked against the disk.
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        steps: Iterator[Execute | Inspect] | None = None

        def step(cell: CellCoroutine) -> object:
            nonlocal steps
            if steps is None:
                compiled, space.flags = compile_cell(source, filename, space.flags)
                steps = iter(compiled)
                cpu.favoured = 0.0
            following = next(steps, ENDED)
            return self._step(cell, following, space)  # pyright: ignore[reportArgumentType]: or ENDED

        def settled(error: BaseException | None) -> str:
            try:
                outcome = "ok" if error is None else self._failed(error)
                streams.flush()
            except BaseException:
                # A second interrupt, while the first was being reported.
                outcome = "interrupted"
            self._task = self._cell = self._cause = None
            loop.call_soon(finished, outcome)
            return outcome

        loop = asyncio.get_running_loop()
        self._cell = CellCoroutine(step, settled)
        # Not by the loop's `create_task`: a cell may have given the loop a task factory.
        self._task = asyncio.Task(self._cell, loop=loop, context=space.context)

    async def run(self, source: str, filename: str, namespace: str) -> str:
        """Runs one cell where there are no threads, and answers with its outcome."""
        outcome = asyncio.get_running_loop().create_future()
        self.start(source, filename, namespace, outcome.set_result)
        return await outcome

    @property
    def running(self) -> bool:
        """Whether a cell runs."""
        return self._task is not None

    def interrupt(self, cause: KeyboardInterrupt) -> None:
        """Ends the cell as if `cause` were raised where it awaits, or before its next statement.

        A cell that is about to begin is ended, too.
        """
        self._cause = cause
        if self._task is not None:
            self._task.cancel()

    def killed(self, signum: int) -> None:
        """The default action of a signal: the interpreter ends, and every name with it."""
        self._page.killed(delivery.name(signum))

    def awaiting(self) -> FrameType | None:
        """The innermost frame of the cell's own code where it awaits, or None."""
        coroutine = self._cell
        found = None
        while coroutine is not None:
            frame = getattr(coroutine, "cr_frame", None)
            if frame is not None and frame.f_code.co_filename in linecache.cache:
                found = frame
            coroutine = getattr(coroutine, "cr_await", None)
        return found

    def reset(self, namespace: str) -> None:
        """Drops every name of `namespace`; the next cell finds it empty."""
        self._namespaces.pop(namespace, None)
        builtins.__dict__.pop("_", None)

    def answer(self, asked: str) -> str:
        """The answer to an editor's question, as JSON from JSON. It never creates a namespace."""
        # Imported here because most pages never ask.
        from _kernel import complete

        question = json.loads(asked)
        space = self._namespaces.get(question["namespace"])
        answer = complete.answer(question, {} if space is None else space.names)
        return json.dumps({"kind": question["kind"], **answer})

    def _step(self, cell: CellCoroutine, step: Execute | Inspect, space: Namespace) -> object:
        """Runs one step, and gives what it awaits."""
        if step is ENDED:
            return ENDED
        if self._cause is not None:
            if isinstance(step, Execute):
                raise_before(step, self._cause)
            raise self._cause
        if isinstance(step, Inspect):
            self._inspect(step.name, space)
            return None
        cell.cr_code = step.code
        # CO_COROUTINE is set when a statement awaits; the value is then a coroutine.
        return eval(step.code, space.names)

    def _failed(self, error: BaseException) -> str:
        """Tells the exception that has ended a cell, and gives the outcome."""
        if isinstance(error, SystemExit):
            return self._exit(error)
        if isinstance(error, KeyboardInterrupt):
            return self._interrupted(error)
        if isinstance(error, asyncio.CancelledError) and self._cause is not None:
            cause = type(self._cause)(*self._cause.args)
            return self._interrupted(cause.with_traceback(error.__traceback__))
        self._report(error)
        return "error"

    def _interrupted(self, error: KeyboardInterrupt) -> str:
        self._report(error)
        return "deadlock" if isinstance(error, Deadlock) else "interrupted"

    def _display(self, value: object) -> None:
        """`sys.displayhook`: as CPython's, told to the page instead of printed; bounded."""
        if value is None:
            return
        builtins.__dict__["_"] = None
        text = results.text(value)
        self._page.result(streams.encodable(text), False)
        builtins.__dict__["_"] = value

    def _inspect(self, name: str, space: Namespace) -> None:
        try:
            value = eval(name, space.names)
        except NameError, AttributeError:
            print(f"Object `{name}` not found.")
            return
        self._page.result(streams.encodable(introspection.describe(name, value)), True)

    def _report(self, error: BaseException) -> None:
        # Imported here because most cells have no error.
        from _kernel import hints

        streams.flush()
        name, message, text = map(streams.encodable, tracebacks.describe(error))
        hint = streams.encodable(hints.of(error))
        # The error is in a list, because an exception that came from JavaScript would be turned
        # back into the JavaScript error.
        self._page.error(name, message, text, hint, [error])

    def _exit(self, error: SystemExit) -> str:
        """As `handle_system_exit` of CPython's `Python/pythonrun.c`."""
        code = error.code
        if code is None:
            code = 0
        elif not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
        streams.flush()
        self._page.exit(code & 0xFF)
        return "exited"
