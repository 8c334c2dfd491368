"""What gevent takes for granted where the system is called neither macOS nor Windows: `fork`.

When gevent 26.9 patches `subprocess` in Python 3.14, it makes `fork` the start method of
`multiprocessing`, since the default there, `forkserver`, does not go with its sockets. Here the
default is `spawn`, as on Windows, where gevent leaves it as it is. gevent's files stay as they are;
its module is told what this default is not.

Invariant: nothing else in that module asks for the version of Python by this name.
"""

import sys
from importlib.machinery import FileFinder, SourceFileLoader

from ..seam.declare import bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

_MODULE = "gevent.subprocess"


class _Loader(SourceFileLoader):
    @bridge
    def exec_module(self, module: ModuleType) -> None:
        SourceFileLoader.exec_module(self, module)
        if module.__name__ == _MODULE:
            vars(module)["PY314"] = False


def prepare(site: str) -> None:
    """Has gevent's modules loaded by `_Loader`; `site` is where gevent lies."""
    folder = f"{site}/gevent"
    sys.path_importer_cache[folder] = FileFinder(folder, (_Loader, [".py"]))
