"""Processes under the names that CPython has for them.

They are not part of the kernel that readers get yet: `install` puts them in place, which the tests
call, and every process that another has started. Invariant: a program that has not called it sees
the functions of `processes.py`.
"""

import _posixsubprocess
import os
import posix
import subprocess
import sys
from operator import index

from ..seam import builtins, hidden
from ..signals import api as signals
from ..signals import delivery
from . import children, spawn

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, SupportsIndex

_ENOSYS = 38
_LINKS = ("/usr/bin/python3", "/usr/bin/python")


def getpid() -> int:
    """Return the current process id."""
    return children.identity.pid


def getppid() -> int:
    """Return the parent's process id.

    If the parent process has already exited, Windows machines will still
    return its id; others systems will return the id of the 'init' process (1)."""
    return children.identity.parent


def waitpid(pid: SupportsIndex, options: SupportsIndex, /) -> tuple[int, int]:
    """Wait for completion of a given child process.

    Returns a tuple of information regarding the child process:
        (pid, status)

    The options argument is ignored on Windows."""
    return children.wait_for(index(pid), index(options))


def wait() -> tuple[int, int]:
    """Wait for completion of a child process.

    Returns a tuple of information about the child process:
        (pid, status)"""
    return children.wait_for(-1, 0)


def kill(pid: SupportsIndex, signalnum: SupportsIndex, /) -> None:
    """Kill a process with a signal."""
    pid, signalnum = index(pid), index(signalnum)
    if pid == children.identity.pid:
        if signalnum:
            delivery.check_number(signalnum)
            delivery.trigger(signalnum)
            delivery.run_pending()
        return
    if signalnum:
        delivery.check_number(signalnum)
    children.kill(pid, signalnum)
    delivery.run_pending()


def fork_exec(
    args: Sequence[str | bytes],
    executable_list: Sequence[bytes],
    close_fds: bool,
    pass_fds: tuple[int, ...],
    cwd: str | bytes | None,
    env: Sequence[bytes] | None,
    p2cread: int,
    p2cwrite: int,
    c2pread: int,
    c2pwrite: int,
    errread: int,
    errwrite: int,
    errpipe_read: int,
    errpipe_write: int,
    restore_signals: bool,
    call_setsid: bool,
    pgid_to_set: int,
    gid: object,
    extra_groups: object,
    uid: object,
    child_umask: int,
    preexec_fn: object,
    /,
) -> int:
    """Spawn a fresh new child process."""
    if preexec_fn is not None:
        raise OSError(
            _ENOSYS, "a page in a browser cannot fork, so it has no place to call preexec_fn"
        )
    streams = (p2cread, c2pwrite, errwrite)
    group = 0 if call_setsid else pgid_to_set
    passed = pass_fds if close_fds else None
    return spawn.fork_exec(args, executable_list, passed, cwd, env, streams, errpipe_write, group)


#: Ends this process without any cleaning up; set by whoever runs its program.
ways_out: list[Callable[[int], object]] = []


def _exit(status: SupportsIndex) -> None:
    """Exit to the system with specified status, without normal exit processing."""
    ways_out[-1](index(status))


_FUNCTIONS = (_exit, getpid, getppid, kill, wait, waitpid)


def install() -> None:
    """Puts the functions in place, and the interpreter where a program looks for it; once."""
    if ways_out:
        return
    ways_out.append(posix._exit)
    for function in _FUNCTIONS:
        function.__module__ = "posix"
        for place in (posix, os):
            setattr(place, function.__name__, function)
    signals.posix_face.names["kill"] = kill
    fork_exec.__module__ = "_posixsubprocess"
    _posixsubprocess.fork_exec = fork_exec
    library: Any = subprocess
    library._can_fork_exec = True
    library._fork_exec = fork_exec
    safe = library._del_safe
    safe.waitpid, safe.WNOHANG = waitpid, os.WNOHANG
    safe.waitstatus_to_exitcode = os.waitstatus_to_exitcode
    safe.WIFSTOPPED, safe.WSTOPSIG = os.WIFSTOPPED, os.WSTOPSIG
    os.makedirs(os.path.dirname(spawn.INTERPRETER), exist_ok=True)
    posix.close(posix.open(spawn.INTERPRETER, posix.O_CREAT | posix.O_WRONLY, 0o755))
    for link in _LINKS:
        posix.symlink(spawn.INTERPRETER, link)
    system: Any = sys
    system.executable = system._base_executable = _LINKS[0]
    os.environ["PATH"] = "/usr/bin:/bin"
    hidden.hide_package(__name__.rpartition(".")[0])
    builtins.replace([*_FUNCTIONS, fork_exec])
