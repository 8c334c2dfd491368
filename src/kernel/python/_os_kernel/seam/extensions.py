"""C extensions of distributions that the kernel supplies: `greenlet._greenlet`.

Invariant: an extension is made when a program imports it, in its own package, and not before; the
package's Python files are the distribution's.
"""

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import FunctionType

from .. import machine
from . import builtins, declare, hidden
from .declare import bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

#: The extension's name, and the package and the module of the kernel that make it.
EXTENSIONS = {
    "gevent.libev.corecext": ("_os_kernel.green", "gevent_loop"),
    "greenlet._greenlet": ("_os_kernel.green", "module"),
}
#: gevent compiles some of its Python files, and imports these under another name that begins so.
_GEVENT_COMPILED = "gevent._gevent_c"


class Extensions:
    """Finds and makes them (`importlib.abc.MetaPathFinder`, `Loader`)."""

    @classmethod
    @bridge
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.startswith(_GEVENT_COMPILED):
            return _spec_of_source(name)
        if name not in EXTENSIONS:
            return None
        return ModuleSpec(name, cls, origin="built-in")  # pyright: ignore[reportArgumentType]

    @staticmethod
    def create_module(spec: ModuleSpec) -> None:
        return None

    @staticmethod
    @bridge
    def exec_module(module: ModuleType) -> None:
        package, name = EXTENSIONS[module.__name__]
        source = import_module(f"{package}.{name}")
        face = next(face for face in declare.faces if face.name == module.__name__)
        if machine.attached and module.__name__ not in _made:
            hidden.hide_package(package)
            _make_builtins(face.names)
        _made.add(module.__name__)
        vars(module).update(face.names)
        finish = getattr(source, "finish", None)
        if finish is not None:
            finish()
        for told in on_made:
            told()


class _Uncompiled:
    """Makes a module that gevent expects to be compiled from the Python file that it is made of."""

    def __init__(self, source: ModuleSpec) -> None:
        self._source = source

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    @bridge
    def exec_module(self, module: ModuleType) -> None:
        code = self._source.loader.get_code(self._source.name)  # pyright: ignore
        exec(code, vars(module))
        for value in list(vars(module).values()):
            if isinstance(value, type) and "__cinit__" in vars(value):
                _construct_as_cython(value)


def _construct_as_cython(owner: type) -> None:
    """A class that Cython compiles has its `__cinit__` called before any `__init__`."""

    @bridge
    def __new__(cls: type, *args: object, **keywords: object) -> object:
        made = super(owner, cls).__new__(cls)
        made.__cinit__(*args, **keywords)
        return made

    owner.__new__ = __new__  # pyright: ignore[reportAttributeAccessIssue]


@bridge
def _spec_of_source(name: str) -> ModuleSpec | None:
    source = find_spec(f"gevent.{name.removeprefix(_GEVENT_COMPILED)}")
    if source is None:
        return None
    loader = _Uncompiled(source)
    return ModuleSpec(name, loader, origin=source.origin)  # pyright: ignore[reportArgumentType]


_made: set[str] = set()
#: Called whenever an extension has been made, or trio's core has been imported.
on_made: list[Callable[[], None]] = []


def _make_builtins(names: dict[str, object]) -> None:
    """As `builtins.replace`, in the names of one extension and in the classes among them."""
    made = {id(f): builtins.make(f) for f in names.values() if isinstance(f, FunctionType)}
    for name, value in names.items():
        names[name] = made.get(id(value), value)
        if isinstance(value, type):
            for attribute, inner in list(vars(value).items()):
                function = inner.__func__ if isinstance(inner, staticmethod) else inner
                if id(function) in made:
                    setattr(value, attribute, made[id(function)])


def install() -> None:
    sys.meta_path.append(Extensions)
