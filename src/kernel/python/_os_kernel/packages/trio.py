"""What trio misses on a platform that has epoll and is not called Linux.

trio 0.35 asks in three places whether it runs on epoll or on kqueue. Two ask `select`, and rightly
choose epoll. The third, in `trio/_core/__init__.py`, goes by `sys.platform` alone, takes
"emscripten" for a BSD, and imports three functions from `trio._core._run` that only kqueue's part
defines. Here that module has these names, so trio's files stay as they are.

Having them, trio would wait for a child process by kqueue as well, so `trio._subprocess_platform`
is given its way for other systems, a thread in `os.waitid`.

Invariant: trio itself never calls them, and a program that does is told why it cannot.
"""

import sys
from importlib import import_module
from importlib.machinery import FileFinder, SourceFileLoader

from ..seam import extensions
from ..seam.declare import bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import NoReturn

_MODULE = "trio._core._run"
_SUBPROCESS = "trio._subprocess_platform"
_NAMES = ("current_kqueue", "monitor_kevent", "wait_kevent")


def _no_kqueue(*args: object, **kwargs: object) -> NoReturn:
    raise NotImplementedError("there is no kqueue here; trio runs on epoll")


class _Loader(SourceFileLoader):
    @bridge
    def exec_module(self, module: ModuleType) -> None:
        SourceFileLoader.exec_module(self, module)
        if module.__name__ == _MODULE:
            for name in _NAMES:
                vars(module).setdefault(name, _no_kqueue)
            for told in extensions.on_made:
                told()
        elif module.__name__ == _SUBPROCESS:
            by_waitid = import_module(f"{_SUBPROCESS}.waitid")
            vars(module)["wait_child_exiting"] = by_waitid.wait_child_exiting


def prepare(site: str) -> None:
    """Has the modules of trio and `trio._core` loaded by `_Loader`; `site` is where trio lies."""
    for folder in (f"{site}/trio", f"{site}/trio/_core"):
        sys.path_importer_cache[folder] = FileFinder(folder, (_Loader, [".py"]))
