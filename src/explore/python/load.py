"""Makes the package `explorer` from `sources`, which is JSON of its files by name.

Invariant: its files have names in the library's archive, by which the kernel knows its own frames.
"""

import json
import sys
from importlib.machinery import ModuleSpec

_FOLDER = "/lib/python314.zip/explorer"


class _Loader:
    def __init__(self, files):
        self._files = files

    def find_spec(self, name, path=None, target=None):
        head, _, tail = name.partition(".")
        if head != "explorer" or f"{tail or '__init__'}.py" not in self._files:
            return None
        return ModuleSpec(name, self, origin=_FOLDER, is_package=not tail)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        file = f"{module.__name__.partition('.')[2] or '__init__'}.py"
        exec(compile(self._files[file], f"{_FOLDER}/{file}", "exec"), vars(module))


_loader = _Loader(json.loads(globals()["sources"]))
sys.meta_path.insert(0, _loader)
from explorer.boot import open_search  # noqa: E402, F401

sys.meta_path.remove(_loader)
