"""What gevent takes for granted where the system is called neither macOS nor Windows: `fork`.

When gevent 26.9 patches `subprocess` in Python 3.14, it makes `fork` the start method of
`multiprocessing`, since the default there, `forkserver`, does not go with its sockets. Here the
default is `spawn`, as on Windows, where gevent leaves it as it is; its module is told what this
default is not. And its `Popen` forks to start a program: here CPython's own way to start one is
put in that place, and the loop watches the child as after a fork. gevent's files stay as they are.

Invariant: nothing else in that module asks for the version of Python by this name.
"""

import os
import posix
import sys
from importlib.machinery import FileFinder, SourceFileLoader
from types import FunctionType, ModuleType

from ..seam.declare import bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Popen(Protocol):
        """gevent's."""

        pid: int
        _child_created: bool
        _closed_child_pipe_fds: bool
        _devnull: int
        _loop: object
        _on_child: Callable[..., None]


_MODULE = "gevent.subprocess"


def _without_gevent(subprocess: ModuleType) -> Callable[..., None]:
    """CPython's `Popen._execute_child`, for which `os` is as it was before gevent patched it.

    It waits for the end of a pipe that it has closed, and gevent's `os.close` leaves that to the
    loop.
    """
    native = vars(subprocess.Popen)["_execute_child"]
    own = ModuleType("os")
    vars(own).update(vars(os), close=posix.close, waitpid=posix.waitpid)
    return FunctionType(native.__code__, {**vars(subprocess), "os": own})


def _start_by(subprocess: ModuleType, watch: Callable[..., None]) -> Callable[..., None]:
    """`_execute_child` for gevent's `Popen`, by that of CPython."""
    native = subprocess.Popen
    start = _without_gevent(subprocess)

    @bridge
    def _execute_child(
        self: Popen,
        args: object,
        executable: object,
        preexec_fn: object,
        close_fds: object,
        pass_fds: object,
        cwd: object,
        env: object,
        universal_newlines: object,
        *rest: object,
    ) -> None:
        """Execute program (POSIX version)"""
        *between, process_group = rest
        # CPython's `Popen` has made a number of it by now.
        group = -1 if process_group is None else process_group
        starter = native.__new__(native)
        starter.returncode = None
        starter._closed_child_pipe_fds = False
        if hasattr(self, "_devnull"):
            starter._devnull = self._devnull
        words = (args, executable, preexec_fn, close_fds, pass_fds, cwd, env, *between, group)
        try:
            start(starter, *words)
        finally:
            self._closed_child_pipe_fds = starter._closed_child_pipe_fds
            # The child is not the starter's to wait for.
            starter._child_created = False
        self.pid = starter.pid
        self._child_created = True
        watch(self.pid, self._on_child, self._loop, True)

    return _execute_child


class _Loader(SourceFileLoader):
    @bridge
    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ != _MODULE:
            SourceFileLoader.exec_module(self, module)
            return
        import subprocess

        SourceFileLoader.exec_module(self, module)
        vars(module)["PY314"] = False
        watch = vars(sys.modules["gevent.os"])["_watch_child"]
        module.Popen._execute_child = _start_by(subprocess, watch)


def prepare(site: str) -> None:
    """Has gevent's modules loaded by `_Loader`; `site` is where gevent lies."""
    folder = f"{site}/gevent"
    sys.path_importer_cache[folder] = FileFinder(folder, (_Loader, [".py"]))
