"""Makes the kernel's frames invisible, as the frames of C code are.

CPython leaves a frame out of tracebacks, `sys._getframe`, `f_back` and tracing while its
instruction pointer stands before the first traceable instruction (`_PyFrame_IsIncomplete`).
Invariant: before the first code object is changed, `prove` has made sure that we know where it
keeps that word.
"""

import sys
from opcode import opmap
from types import CodeType, FunctionType

from .. import machine
from . import declare

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType
    from typing import Literal

    type Mark = Literal["kernel", "bridge"]

#: An instruction that is added at the end, never reached: it is the first that can be traced. If
#: there were none, CPython would try without end to instrument the code object when a program
#: turns tracing on.
_LAST = bytes((opmap["NOP"], 0))

#: Every code object that was marked, by its `id`: alive for good, so that no other has its number.
#: By `id`, since code objects that only look alike are equal.
_marked_codes: dict[int, CodeType] = {}


def prove() -> None:
    """Raises unless `_co_firsttraceable` is where we think: 0 here, more there."""
    captured = 0

    def reader() -> int:
        return captured

    def plain() -> int:
        return 0

    offsets = [machine.first_traceable(id(function.__code__)) for function in (plain, reader)]
    if offsets[0] != 0 or not 0 < offsets[1] < 8:
        raise RuntimeError(f"code objects are not laid out as expected: {offsets}")


def hide(function: FunctionType, mark: Mark = "kernel") -> None:
    """`kernel`: never preempted inside; `bridge`: leads to a program's code."""
    if id(function.__code__) not in _marked_codes:
        function.__code__ = _marked(function.__code__, mark)


def is_hidden(code: CodeType) -> bool:
    return id(code) in _marked_codes


def _marked(code: CodeType, mark: Mark) -> CodeType:
    constants = tuple(_marked(c, mark) if isinstance(c, CodeType) else c for c in code.co_consts)
    code = code.replace(co_code=code.co_code + _LAST, co_consts=constants)
    _marked_codes[id(code)] = code
    machine.mark(id(code), mark)
    return code


def hide_package(package: str) -> None:
    """Hides every function of every loaded module of `package`."""
    for name, module in sorted(sys.modules.items()):
        if name == package or name.startswith(f"{package}."):
            hide_module(module)


def hide_module(module: ModuleType, mark: Mark = "kernel") -> None:
    """Hides every function and method that `module` defines.

    Those declared as bridges lead to a program's code, as do all where `mark` is `bridge` and
    that are not declared as the kernel's.
    """
    for function in own_functions(module):
        if function in declare.bridges:
            hide(function, "bridge")
        elif function in declare.kernel_functions:
            hide(function, "kernel")
        else:
            hide(function, mark)


def own_functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions that `module` defines, with those in its classes and in theirs."""
    yield from _functions(vars(module), module)


def _functions(names: Mapping[str, object], module: ModuleType) -> Iterator[FunctionType]:
    for value in list(names.values()):
        if isinstance(value, type):
            if value.__qualname__.partition(".")[0] in vars(module) and _is_of(value, module):
                yield from _functions(vars(value), module)
            continue
        for function in _parts(value):
            if isinstance(function, FunctionType) and function.__globals__ is vars(module):
                yield function


def _parts(value: object) -> tuple[object, ...]:
    if isinstance(value, property):
        return (value.fget, value.fset, value.fdel)
    return (value.__func__ if isinstance(value, (staticmethod, classmethod)) else value,)


def _is_of(cls: type, module: ModuleType) -> bool:
    """Whether `cls`, which may bear the name of a C module, stands in `module`'s source."""
    methods = (value for value in vars(cls).values() if isinstance(value, FunctionType))
    return all(method.__globals__ is vars(module) for method in methods)
