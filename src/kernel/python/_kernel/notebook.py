"""Runs a chapter's cells in the chapter's namespace, as a notebook does.

Invariant: `run` raises nothing. It returns how the cell ended, and everything that the reader must
see has been told to the page before.
"""

import asyncio
import builtins
import contextvars
import json
import linecache
import sys
import types

from _kernel import introspection, results, streams, tracebacks
from _kernel.cell import Inspect, compile_cell
from _os_kernel.sched.deadlock import Deadlock
from _os_kernel.sched.fiber import cpu
from _os_kernel.signals import delivery
from pyodide.ffi import can_run_sync


class Namespace:
    """One chapter: a `__main__` of its own, its `__future__` flags and its context variables."""

    def __init__(self):
        self.module = types.ModuleType("__main__")
        self.module.__dict__["__builtins__"] = builtins
        self.flags = 0
        self.context = contextvars.Context()

    @property
    def names(self):
        return self.module.__dict__


class Notebook:
    """The cells' runner.

    `page` is told results, errors and exits (`#page` in src/kernel/process/interpreter.ts).
    """

    def __init__(self, page):
        self._page = page
        self._namespaces = {}
        self._task = None
        self._cause = None
        self._settled = None
        sys.displayhook = self._display

    def describe(self):
        """(version, whether this call's stack can be suspended)"""
        return "{}.{}.{}".format(*sys.version_info), can_run_sync()

    async def run(self, source, filename, namespace):
        """Runs one cell and returns its outcome: a `RunOutcome` of src/protocol/message.ts."""
        space = self._namespaces.setdefault(namespace, Namespace())
        sys.modules["__main__"] = space.module
        # An entry without a time is never checked against the disk.
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        task = asyncio.get_running_loop().create_task(
            self._settle(source, filename, space), context=space.context
        )
        self._task = task
        try:
            try:
                outcome = await task
            except asyncio.CancelledError:
                if self._cause is None:
                    raise
                # An interrupt came before its first step, or after its last.
                outcome = self._settled or self._interrupted(self._cause)
            streams.flush()
            return outcome
        finally:
            self._task = self._cause = self._settled = None

    def interrupt(self, cause):
        """Ends the cell as if `cause` were raised where it awaits, or before its next statement.

        A cell that is about to begin is ended, too.
        """
        self._cause = cause
        if self._task is not None:
            self._task.cancel()

    def killed(self, signum):
        """The default action of a signal: the interpreter ends, and every name with it."""
        self._page.killed(delivery.name(signum))

    def awaiting(self):
        """The innermost frame of the cell's own code where it awaits, or None."""
        coroutine = self._task.get_coro() if self._task is not None else None
        found = None
        while coroutine is not None:
            frame = getattr(coroutine, "cr_frame", None)
            if frame is not None and frame.f_code.co_filename in linecache.cache:
                found = frame
            coroutine = getattr(coroutine, "cr_await", None)
        return found

    def reset(self, namespace):
        """Drops every name of `namespace`; the next cell finds it empty."""
        self._namespaces.pop(namespace, None)
        builtins.__dict__.pop("_", None)

    def answer(self, asked):
        """The answer to an editor's question, as JSON from JSON. It never creates a namespace."""
        # Imported here because most pages never ask.
        from _kernel import complete

        question = json.loads(asked)
        space = self._namespaces.get(question["namespace"])
        answer = complete.answer(question, {} if space is None else space.names)
        return json.dumps({"kind": question["kind"], **answer})

    async def _settle(self, source, filename, space):
        try:
            steps, space.flags = compile_cell(source, filename, space.flags)
            cpu.favoured = 0.0
            # The steps run here, since a StopIteration that leaves another coroutine of ours would
            # become a RuntimeError.
            for step in steps:
                if self._cause is not None:
                    raise self._cause
                if isinstance(step, Inspect):
                    self._inspect(step.name, space)
                    continue
                # CO_COROUTINE is set when a statement awaits; the value is then a coroutine.
                awaitable = eval(step.code, space.names)
                if awaitable is not None:
                    await awaitable
        except SystemExit as error:
            self._settled = self._exit(error)
        except KeyboardInterrupt as error:
            self._settled = self._interrupted(error)
        except asyncio.CancelledError as error:
            if self._cause is None:
                self._report(error)
                self._settled = "error"
            else:
                cause = type(self._cause)(*self._cause.args)
                self._settled = self._interrupted(cause.with_traceback(error.__traceback__))
        except BaseException as error:
            self._report(error)
            self._settled = "error"
        else:
            self._settled = "ok"
        return self._settled

    def _interrupted(self, error):
        self._report(error)
        return "deadlock" if isinstance(error, Deadlock) else "interrupted"

    def _display(self, value):
        """`sys.displayhook`: as CPython's, told to the page instead of printed; bounded."""
        if value is None:
            return
        builtins.__dict__["_"] = None
        text = results.text(value)
        self._page.result(streams.encodable(text), False)
        builtins.__dict__["_"] = value

    def _inspect(self, name, space):
        try:
            value = eval(name, space.names)
        except (NameError, AttributeError):
            print(f"Object `{name}` not found.")
            return
        self._page.result(streams.encodable(introspection.describe(name, value)), True)

    def _report(self, error):
        # Imported here because most cells have no error.
        from _kernel import hints

        streams.flush()
        told = (*tracebacks.describe(error), hints.of(error))
        # The error is in a list, because an exception that came from JavaScript would be turned
        # back into the JavaScript error.
        self._page.error(*map(streams.encodable, told), [error])

    def _exit(self, error):
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
