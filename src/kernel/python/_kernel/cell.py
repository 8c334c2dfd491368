"""Turns a cell's source into steps: one for each statement, as IPython runs them.

Invariant: a cell with an error that compiling can find runs not even its first statement.
"""

import __future__

import ast
import re
from dataclasses import dataclass
from types import CodeType

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Set
    from typing import Never

_FUTURES = {
    feature.compiler_flag
    for name in __future__.all_feature_names
    if (feature := getattr(__future__, name)).compiler_flag
}
_HELP = re.compile(r"^(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)\?\??[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Execute:
    """Code to run; awaited if it is a coroutine's."""

    code: CodeType


@dataclass(frozen=True)
class Inspect:
    """`name?`: what to look up, as it was written."""

    name: str


def _tree(source: str, filename: str) -> ast.Module:
    # Not `ast.parse`: its frame would show in the traceback of a SyntaxError.
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return compile(source, filename, "exec", flags=flags, dont_inherit=True)


def _parse(source: str, filename: str) -> tuple[ast.Module, Set[int]]:
    """The tree, and the lines whose expression is asked about (`name?`), with the marks removed.

    The marks are tried only where the source is no Python: inside a string they stay.
    """
    try:
        return _tree(source, filename), frozenset()
    except SyntaxError:
        asked = {source.count("\n", 0, m.start()) + 1 for m in _HELP.finditer(source)}
        if not asked:
            raise
        unmarked = _HELP.sub(lambda m: m["name"], source)
        try:
            tree = _tree(unmarked, filename)
        except SyntaxError:
            pass
        else:
            return tree, asked
        raise


def _is_silenced(node: ast.stmt, source: str) -> bool:
    """A semicolon behind the last expression keeps its value from being shown, as in IPython."""
    lines = source.encode().split(b"\n")
    # It comes from a source, so it has an end.
    rest = lines[node.end_lineno - 1][node.end_col_offset :]  # pyright: ignore[reportOptionalOperand]
    return rest.lstrip().startswith(b";")


def _code(
    unit: ast.Interactive | ast.Module, source: str, filename: str, mode: str, flags: int
) -> CodeType:
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return compile(unit, filename, mode, flags=flags, dont_inherit=True)
    except SyntaxError as error:
        # Compiled from a tree, CPython looks for the line in a file of that name.
        if error.text is None and error.lineno is not None:
            error.text = source.split("\n")[error.lineno - 1]
        raise


def _steps(source: str, filename: str, flags: int) -> Iterator[Execute | Inspect]:
    tree, asked = _parse(source, filename)
    last = tree.body[-1] if tree.body else None
    for node in tree.body:
        is_expression = isinstance(node, ast.Expr)
        if is_expression and node.lineno in asked:
            yield Inspect(ast.unparse(node))
            continue
        shown = is_expression and node is last and not _is_silenced(node, source)
        unit = ast.Interactive([node]) if shown else ast.Module([node], [])
        code = _code(unit, source, filename, "single" if shown else "exec", flags)
        flags |= sum(flag for flag in _FUTURES if code.co_flags & flag)
        yield Execute(code)


def compile_cell(source: str, filename: str, flags: int = 0) -> tuple[list[Execute | Inspect], int]:
    """The steps of a cell, and the `__future__` flags that hold for the cells after it.

    Raises what `compile` raises: SyntaxError, ValueError, OverflowError, RecursionError.
    """
    steps = list(_steps(source, filename, flags))
    for step in steps:
        if isinstance(step, Execute):
            flags |= sum(flag for flag in _FUTURES if step.code.co_flags & flag)
    return steps, flags


def raise_before(step: Execute, error: BaseException) -> Never:
    """Raises `error` as if at the first line of `step`, which has not begun."""
    line = next(line for _, _, line in step.code.co_lines() if line)
    # To the line's end, whatever that is: a mark under a whole line is left out.
    end = 10_000
    name = ast.Name(
        "error", ast.Load(), lineno=line, end_lineno=line, col_offset=0, end_col_offset=end
    )
    statement = ast.Raise(name, lineno=line, end_lineno=line, col_offset=0, end_col_offset=end)
    exec(compile(ast.Module([statement], []), step.code.co_filename, "exec"), {"error": error})
    raise error
