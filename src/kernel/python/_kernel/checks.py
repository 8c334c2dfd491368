"""Runs a reader's program and then the checks of its exercise, in the program's own namespace.

Invariant: each check that begins is told once as begun and once as passed or failed, unless it
ends the interpreter; every text that is told has a bounded length. After an interrupt or a
deadlock nothing more is run here: the interpreter's state can no longer be trusted.
"""

import asyncio
import inspect
import linecache
import os
import sys
import traceback

from _kernel import assertions, streams
from _os_kernel.sched import deadlock
from _os_kernel.sched.deadlock import Deadlock

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType
    from typing import Literal, TextIO

    from _kernel.page import CheckRequest

    type State = Literal["begun", "passed", "failed"]
    type Failure = dict[str, str]

#: Characters of one text that is told, and of what `output` keeps.
_LONGEST = 4000
_MOST_OUTPUT = 1 << 20
#: The file name of the checks: none that a reader's file can have.
_CHECKS = "<checks>"


class Checker:
    """`execute` runs the reader's code in `module`.

    `tell(check, state, failure)` takes the state of one check: "begun", "passed" or "failed". Only
    "failed" has a failure, a dict with the fields of a `CheckFailure` (src/protocol/check.ts).
    """

    def __init__(
        self,
        execute: Callable[[], None],
        module: ModuleType,
        tell: Callable[[str, State, Failure | None], None],
    ) -> None:
        self._execute = execute
        self._names = module.__dict__
        self._file: str = self._names["__file__"]
        self._tell = tell
        deadlock.watch.busy = lambda: True

    def run(self, asked: CheckRequest) -> bool:
        """Runs the program, then its checks; False if it was interrupted.

        `asked` is a dict with the fields of a `CheckRequest` (src/protocol/check.ts).
        """
        failure = self._step("", self._run_program)
        if failure is None:
            failure = self._step("", lambda: self._load(asked["source"]), begin=False)
        if failure is None:
            self._report("", "passed")
            for name in asked["names"]:
                failure = self._step(name, lambda name=name: self._run_check(name))
                if failure is None:
                    self._report(name, "passed")
                elif asked["stopAtFailure"] or failure["kind"] in ("deadlock", "interrupted"):
                    break
        return failure is None or failure["kind"] != "interrupted"

    def _step(self, name: str, action: Callable[[], None], begin: bool = True) -> Failure | None:
        """Tells of `action` as the check `name`; answers with what went wrong, or None."""
        if begin:
            self._report(name, "begun")
        try:
            action()
        except BaseException as error:
            failure = self._describe(error)
            self._report(name, "failed", failure)
            return failure
        return None

    def _run_program(self) -> None:
        copy = _Copy(sys.stdout)
        sys.stdout = copy
        try:
            self._execute()
        except SystemExit:
            # An end like any other: what it has defined is there.
            pass
        finally:
            if sys.stdout is copy:
                sys.stdout = copy.stream
            self._names["output"] = copy.text

    def _load(self, source: str) -> None:
        linecache.cache[_CHECKS] = (len(source), None, source.splitlines(True), _CHECKS)
        code, given = assertions.compile_checks(source, _CHECKS)
        self._names.update(given)
        exec(code, self._names)

    def _run_check(self, name: str) -> None:
        result = self._names[name]()
        if inspect.iscoroutine(result):
            asyncio.run(result)

    def _describe(self, error: BaseException) -> Failure:
        if isinstance(error, assertions.Unmet):
            said = {"kind": "unmet", "source": error.source, **_values(error.values)}
            if error.message is not None:
                said["message"] = _safe(str, error.message)
            return said
        own = self._own_lines(error)
        if isinstance(error, Deadlock):
            return {"kind": "deadlock", "traceback": own}
        if isinstance(error, KeyboardInterrupt):
            return {"kind": "interrupted", "traceback": own}
        exits = isinstance(error, SystemExit)
        message = f"SystemExit: {error.code}" if exits else _last_line(error)
        return {"kind": "exception", "message": message, "traceback": own}

    def _own_lines(self, error: BaseException) -> str:
        """The traceback with the reader's frames alone; "" when there are none."""
        report = traceback.TracebackException.from_exception(error, compact=True)
        own = self._keep_own(report, set())
        return "".join(report.format()) if own or isinstance(error, SyntaxError) else ""

    def _keep_own(self, report: traceback.TracebackException | None, seen: set[int]) -> bool:
        """True if any frame is left, here or in what the exception comes with."""
        if report is None or id(report) in seen:
            return False
        seen.add(id(report))
        mine = (self._file, os.path.basename(self._file))
        report.stack[:] = [frame for frame in report.stack if frame.filename in mine]
        others = (report.__cause__, report.__context__, *(report.exceptions or ()))
        left = [self._keep_own(other, seen) for other in others]
        return bool(report.stack) or any(left)

    def _report(self, name: str, state: State, failure: Failure | None = None) -> None:
        streams.flush()
        if failure is not None:
            failure = {key: _cut(value) for key, value in failure.items()}
        self._tell(name, state, failure)


class _Copy:
    """A stream that keeps what is written to it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text = ""

    def write(self, text: str) -> int:
        written = self.stream.write(text)
        if len(self.text) < _MOST_OUTPUT:
            self.text += text
        return written

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def _last_line(error: BaseException) -> str:
    report = traceback.TracebackException.from_exception(error)
    return "".join(report.format_exception_only()).strip()


def _values(values: Mapping[str, object]) -> dict[str, str]:
    """As a reader compares them: texts of several lines as they are, all else by its repr."""
    texts = [value for value in values.values() if isinstance(value, str)]
    whole = len(texts) == len(values) and any("\n" in text for text in texts)
    return {
        name: value if whole and isinstance(value, str) else _safe(repr, value)
        for name, value in values.items()
    }


def _safe(function: Callable[[object], str], value: object) -> str:
    try:
        return function(value)
    except Exception as error:
        return f"<{function.__name__}() raised {type(error).__name__}>"


def _cut(text: str) -> str:
    """`text` within its bound, with lone surrogates escaped: JavaScript has no place for them."""
    start = streams.encodable(text[: _LONGEST + 1])
    return start if len(start) <= _LONGEST else f"{start[:_LONGEST]}… ({len(text)} characters)"
