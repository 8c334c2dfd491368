"""How a file of the kernel says what it is to CPython: names of C modules, and frames.

A file that stands in for functions or types of a C module makes one `Face` for that module and
decorates with it what it gives. Everything else is found from that one declaration: the names
that `install` puts in place, the functions that become builtins (`builtins.py`), and the frames
that are hidden (`hidden.py`).

Every function of the kernel is hidden and never preempted, unless `bridge` says that it calls a
program's code: the program may be preempted, and so may the function while it does.

Invariant: this module imports nothing of the kernel, so that every file of it can declare itself.
"""

import sys
from types import FunctionType, ModuleType

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: Every face, in the order in which the files declared them.
faces: list[Face] = []
#: Functions that lead to a program's code.
bridges: set[Callable[..., object]] = set()
#: Functions of the kernel in a file whose functions lead to a program's code.
kernel_functions: set[Callable[..., object]] = set()


class Face:
    """The names that the kernel gives in one of CPython's C modules.

    `name` is the C module's. Without `base` they are set in the module that is there, and in the
    modules `also`, which copy its names (`os` those of `posix`). With `base`, the C module, a new
    module takes its place that begins with the names of `base`; the kernel can then still call C.
    """

    def __init__(
        self,
        name: str,
        *,
        base: ModuleType | None = None,
        also: tuple[str, ...] = (),
        doc: str | None = None,
    ) -> None:
        self.name = name
        self._base = base
        self._also = also
        self._doc = doc if base is None else base.__doc__ or doc
        self.names: dict[str, object] = {}
        faces.append(self)

    def __call__[Given: Callable[..., object]](self, given: Given) -> Given:
        """Decorates a function or class that stands for the C module's of the same name."""
        given.__module__ = self.name
        self.names[given.__name__] = given
        return given

    def named[Given: Callable[..., object]](self, *names: str) -> Callable[[Given], Given]:
        """As the decorator itself, under `names` in place of its own name."""

        def decorate(given: Given) -> Given:
            given.__module__ = self.name
            self.names.update(dict.fromkeys(names, given))
            return given

        return decorate

    def give(self, **names: object) -> None:
        """Gives constants."""
        self.names.update(names)

    def install(self) -> None:
        if self._base is None and self._doc is None:
            places = [sys.modules[name] for name in (self.name, *self._also)]
        else:
            places = [ModuleType(self.name, self._doc)]
            sys.modules[self.name] = places[0]
            given = {} if self._base is None else vars(self._base)
            vars(places[0]).update({n: v for n, v in given.items() if not n.startswith("__")})
        for place in places:
            vars(place).update(self.names)


def bridge[Given: Callable[..., object]](function: Given) -> Given:
    """Decorates a function that calls a program's code."""
    bridges.add(function)
    return function


def kernel[Given: Callable[..., object]](function: Given) -> Given:
    """Decorates a function of the kernel in a file that is hidden as bridges (`hide_module`)."""
    kernel_functions.add(function)
    return function


def functions() -> list[FunctionType]:
    """Every function that stands for one of C."""
    given = (value for face in faces for value in face.names.values())
    return list(dict.fromkeys(value for value in given if isinstance(value, FunctionType)))
