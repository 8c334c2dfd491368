"""`python` at a prompt: statements from standard input, each run as soon as it is whole.

This is the loop that CPython has where nothing edits the line (`PyRun_InteractiveLoop` of
`Python/pythonrun.c`). Invariant: what a statement raises is reported, and the loop goes on; only
SystemExit and the end of the input end it.
"""

import codeop
import linecache
import sys
from itertools import count

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

_COPYRIGHT = 'Type "help", "copyright", "credits" or "license" for more information.'


def greet(*, names_itself: bool) -> None:
    """The lines above the first prompt; the second is for a Python that has `copyright`."""
    print(f"Python {sys.version} on {sys.platform}", file=sys.stderr)
    if names_itself:
        print(_COPYRIGHT, file=sys.stderr)


def run(space: dict[str, object], report: Callable[[BaseException], object]) -> None:
    """Runs the rest of standard input in `space`, and gives to `report` what is raised."""
    for name, prompt in (("ps1", ">>> "), ("ps2", "... ")):
        if not hasattr(sys, name):
            setattr(sys, name, prompt)
    compiler = codeop.CommandCompiler()
    for number in count():
        name = f"<stdin-{number}>"
        try:
            statement = _read(compiler, name)
        except KeyboardInterrupt:
            sys.stderr.write("\nKeyboardInterrupt\n")
            continue
        except (SyntaxError, ValueError, OverflowError) as error:
            if isinstance(error, SyntaxError) and error.filename == name:
                error.filename = "<stdin>"
            report(error.with_traceback(None))
            continue
        if statement is None:
            return
        try:
            exec(statement, space)
        except SystemExit:
            raise
        except BaseException as error:
            report(error)


def _read(compiler: codeop.CommandCompiler, name: str) -> CodeType | None:
    """The next statement; None at the end of the input."""
    lines: list[str] = []
    while True:
        _prompt(sys.ps2 if lines else sys.ps1)
        line = "" if sys.stdin is None else sys.stdin.readline()
        if not line:
            sys.stderr.write("\n")
            if not lines:
                return None
            # As an empty line, which ends what is indented.
            lines.append("")
            return compiler.compiler("\n".join(_kept(lines, name)) + "\n", name, "single")
        lines.append(line.removesuffix("\n"))
        source = "\n".join(_kept(lines, name))
        code, wrong = None, False
        try:
            code = compiler(source, name, "single")
        except SyntaxError:
            wrong = True
        if wrong:
            # As C says it, which has read the end of the line, too.
            return compiler.compiler(source + "\n", name, "single")
        if code is not None:
            return code


def _kept(lines: list[str], name: str) -> list[str]:
    """The same lines, which a traceback can show."""
    source = [f"{line}\n" for line in lines]
    linecache.cache[name] = (sum(map(len, source)), None, source, name)
    return lines


def _prompt(prompt: object) -> None:
    if sys.stdout is not None:
        sys.stdout.flush()
    if sys.stderr is not None:
        sys.stderr.write(str(prompt))
        sys.stderr.flush()
