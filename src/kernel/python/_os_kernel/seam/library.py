"""Where the standard library's modules say that they are from.

Invariant: a module of the archive names its source (`.py`) as its file, compiled or not, as
CPython's do; the code that is run is the compiled one where there is one. Where `zoneinfo` is
looked for, its data has been made (`files/zones.py`). When `multiprocessing` is looked for, the
broker learns that processes will be started.
"""

import sys
import zipimport

from .. import machine
from ..files import zones

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

_ARCHIVE = __file__.removesuffix("c").removesuffix("/_os_kernel/seam/library.py")
_native_get_filename = zipimport.zipimporter.get_filename


def get_filename(self: zipimport.zipimporter, fullname: str) -> str:
    """Return the filename for the specified module or raise ZipImportError
    if it couldn't be imported."""
    if self.archive == _ARCHIVE:
        if fullname == "zoneinfo":
            zones.make(self)
        if fullname == "multiprocessing" and machine.attached:
            machine.tell_broker('{"type": "process.expected"}')
        path = self.prefix + fullname.rpartition(".")[2]
        # Its stub leaves this one out.
        files: Container[str] = self._get_files()  # pyright: ignore[reportAttributeAccessIssue]
        for suffix in ("/__init__.py", ".py"):
            if path + suffix + "c" in files:
                return f"{_ARCHIVE}/{path}{suffix}"
    return _native_get_filename(self, fullname)


def install() -> None:
    zipimport.zipimporter.get_filename = get_filename
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and file.endswith(".pyc") and file.startswith(_ARCHIVE):
            module.__file__ = module.__spec__.origin = file.removesuffix("c")
