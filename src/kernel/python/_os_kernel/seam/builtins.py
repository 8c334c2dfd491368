"""Turns functions of ours into builtin functions, as C modules have them.

A Python function in a class body becomes a method, a C function does not; programs and the
standard library rely on it (`sleep = time.sleep` in a class). Invariant: the callable behind a
builtin is a module object, so that the builtin is pickled by name; it is never freed.
"""

import sys
from types import ModuleType

from .. import machine
from .declare import bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FunctionType

_kept: list[tuple[_Callable, str]] = []


class _Callable(ModuleType):
    """Calls its function; `PyCFunction.__reduce__` takes it for the function's module."""

    def __init__(self, function: Callable[..., object]) -> None:
        ModuleType.__init__(self, function.__module__)
        self.function = function

    @bridge
    def __call__(self, /, *args: object, **kwargs: object) -> object:
        return self.function(*args, **kwargs)


def make(function: FunctionType) -> object:
    """A builtin that does what `function` does."""
    target = _Callable(function)
    box = [None]
    _kept.append((target, function.__module__))
    name, doc = function.__name__, function.__doc__ or ""
    machine.builtin(name, doc, id(target), id(_kept[-1][1]), id(box))
    return box[0]


def replace(functions: list[FunctionType]) -> None:
    """Puts a builtin in the place of each of `functions`, in every module and class that has it."""
    made = {id(function): make(function) for function in functions}
    for module in list(sys.modules.values()):
        if module is None or getattr(module, "__name__", "").startswith("_os_kernel"):
            continue
        names = getattr(module, "__dict__", {})
        for name, value in list(names.items()):
            if id(value) in made:
                names[name] = made[id(value)]
            elif isinstance(value, type) and value.__module__ == names.get("__name__"):
                _replace_in_class(value, made)


def _replace_in_class(cls: type, made: dict[int, object]) -> None:
    """`selectors.SelectSelector` has `select.select` in its body."""
    for name, value in list(vars(cls).items()):
        if id(value) in made:
            setattr(cls, name, made[id(value)])
