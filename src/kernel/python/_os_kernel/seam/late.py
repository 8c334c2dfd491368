"""Parts of the kernel that most programs do without, loaded when one first needs them.

They come past `import`: a program may have put finders of its own before the library's, and
another thread may hold the lock of imports where nothing can wait.

Invariant: the functions of a part are hidden before any of them is called, since nothing is
preempted while it is loaded.
"""

import sys
from importlib.util import module_from_spec
from zipimport import zipimporter

from .. import machine
from . import hidden

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

#: What `load` makes `_os_kernel.sched.recording` of.
RECORDING = (
    "sched.recorded_waits",
    "sched.recorder",
    "sched.watching",
    "sched.awaited",
    "sched.recorded_tasks",
    "sched.recorded_trio",
    "sched.recording",
)
_KERNEL = "_os_kernel"
_FOLDER = __file__.removesuffix("c").removesuffix("/seam/late.py")


def load(*names: str) -> ModuleType:
    """The last of the modules `names`, each loaded if it is not, after those that it imports.

    They are named from the kernel on: "net.tcp".
    """
    for name in names:
        module = sys.modules.get(f"{_KERNEL}.{name}") or _loaded(name)
    return module  # pyright: ignore[reportPossiblyUnboundVariable]: there is one at least


def _loaded(name: str) -> ModuleType:
    package, _, own = name.rpartition(".")
    full = f"{_KERNEL}.{name}"
    # Its stub lacks what it inherits.
    importer: Any = zipimporter(f"{_FOLDER}/{package.replace('.', '/')}".rstrip("/"))
    spec = importer.find_spec(full)
    if spec is None:
        raise ImportError(f"{full} is not in the archive of the library", name=full)
    module = sys.modules[full] = module_from_spec(spec)
    try:
        importer.exec_module(module)
    except BaseException:
        del sys.modules[full]
        raise
    setattr(sys.modules[full.rpartition(".")[0]], own, module)
    if machine.attached:
        hidden.hide_module(module)
    return module
