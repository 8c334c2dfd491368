"""Makes the kernel's frames invisible, as the frames of C code are.

CPython leaves a frame out of tracebacks, `sys._getframe`, `f_back` and tracing while its
instruction pointer stands before the first traceable instruction (`_PyFrame_IsIncomplete`).
Invariant: the word that says where that is has been proven before the first is overwritten.
"""

from opcode import opmap
from types import CodeType, FunctionType

from . import host

#: A last instruction, never reached: the first that is traceable. Without one the interpreter
#: would try for ever to bring the code object's instrumentation up to date when tracing is turned
#: on.
_LAST = bytes((opmap["NOP"], 0))

_kept = []


def prove():
    """Raises unless `_co_firsttraceable` is where we think: 0 here, more there."""
    captured = 0

    def reader():
        return captured

    def plain():
        return 0

    offsets = [host.first_traceable(id(function.__code__)) for function in (plain, reader)]
    if offsets[0] != 0 or not 0 < offsets[1] < 8:
        raise RuntimeError(f"code objects are not laid out as expected: {offsets}")


def hide(function, mark="kernel"):
    """`kernel`: never preempted inside; `bridge`: leads to a program's code."""
    if not any(function.__code__ is code for code in _kept):
        function.__code__ = _marked(function.__code__, mark)


def _marked(code, mark):
    constants = tuple(_marked(c, mark) if isinstance(c, CodeType) else c for c in code.co_consts)
    code = code.replace(co_code=code.co_code + _LAST, co_consts=constants)
    _kept.append(code)
    host.mark(id(code), mark)
    return code


#: Modules whose names our classes bear.
_FACES = {"_thread", "_signal", "_queue", "_socket", "select"}


def hide_module(module, bridges=()):
    """Hides every function and method that `module` defines.

    Those named in `bridges` lead to a program's code.
    """
    for name, value in list(vars(module).items()):
        if isinstance(value, FunctionType) and value.__globals__ is vars(module):
            hide(value, "bridge" if name in bridges else "kernel")
        elif isinstance(value, type) and (
            value.__module__ == module.__name__ or value.__module__ in _FACES
        ):
            for method in _functions(value):
                if method.__globals__ is vars(module):
                    hide(method, "bridge" if method.__qualname__ in bridges else "kernel")


def _functions(cls):
    for value in vars(cls).values():
        if isinstance(value, FunctionType):
            yield value
        elif isinstance(value, (staticmethod, classmethod)) and isinstance(
            value.__func__, FunctionType
        ):
            yield value.__func__
        elif isinstance(value, property):
            yield from (part for part in (value.fget, value.fset, value.fdel) if part is not None)
