"""Processes under the names that CPython has for them: `_posixsubprocess`, by which `subprocess`
and `multiprocessing` start one, and what `posix` tells of them; the memory that processes share
(`_posixshmem`); and what looks into one from outside (`_remote_debugging`).

What they do is in `proc/`, loaded when a program first starts a process or asks for one. A page
cannot fork. Invariant: what cannot be had says why and what to do instead.
"""

import _remote_debugging as native_debugging
import posix
import sys
from operator import index

from .seam import late
from .seam.declare import Face

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType
    from typing import Any, Never, SupportsIndex

posix_face = Face("posix", also=("os",))
memory_face = Face("_posixshmem", doc="POSIX shared memory module")
debugging_face = Face("_remote_debugging", base=native_debugging)
face = Face("_posixsubprocess", doc="A POSIX helper for the subprocess module.")

#: Where the interpreter is: an empty file that is known by its name.
INTERPRETER = "/usr/bin/python3.14"
#: Parts of `proc/` that know how open files are passed on.
_WITH_SOCKETS = ("spawn", "programs", "passing_sockets", "shared_tcp")
_LINKS = ("/usr/bin/python3", "/usr/bin/python")
#: The session of a program of the page, and of its processes (`broker/groups.ts`).
_SHELL = 1
#: What parts of `proc/` import, which is loaded before them.
_BEFORE = {"programs": ("proc.spawn",)}
_ENOSYS = 38
_NO_FORK = (
    "a page in a browser cannot fork; start a process with subprocess or multiprocessing, "
    "or run this program with Python on a computer"
)
_NO_USAGE = (
    "a page in a browser does not learn what resources a process has used; os.waitpid tells how "
    "it ended"
)


class _Identity:
    """Who this process is among others."""

    def __init__(self) -> None:
        self.pid = posix.getpid()
        self.parent = 1
        #: Whether no other process can look for what this one has. A resource tracker does not
        #: count: it looks for nothing while this process lives.
        self.alone = True
        self.has_started_any = False


identity = _Identity()
#: Ends this process without any cleaning up; set by whoever runs its program.
way_out: list[Callable[[int], object]] = [posix._exit]


def has_relatives() -> bool:
    """Whether this process has been started by another, or has tried to start one."""
    return "_os_kernel.proc.children" in sys.modules


def part(name: str) -> ModuleType:
    """A module of `proc/`, loaded if it is not."""
    first = ["proc", "proc.calls", "proc.children", "proc.memory", "proc.shared_pipe"]
    if name in _WITH_SOCKETS:
        first += ["proc.boot_values", "proc.boot_options", "proc.passing", "proc.wire", "proc.door"]
        first += ["proc.shared_unix", "proc.names"]
    return late.load(*first, *_BEFORE.get(name, ()), f"proc.{name}")


def begin() -> None:
    """Puts the interpreter where a program looks for it."""
    sys.modules["os"].makedirs("/usr/bin")
    posix.close(posix.open(INTERPRETER, posix.O_CREAT | posix.O_WRONLY, 0o755))
    for link in _LINKS:
        posix.symlink(INTERPRETER, link)
    system: Any = sys
    system.executable = system._base_executable = _LINKS[0]
    environ = sys.modules["os"].environ
    environ["PATH"] = "/usr/bin:/bin"
    # Pyodide has set it, so that a SystemExit which passes through JavaScript ends nothing.
    environ.pop("PYTHONINSPECT", None)


@posix_face.named("fork", "forkpty")
def fork() -> Never:
    """Fork a child process."""
    raise OSError(_ENOSYS, _NO_FORK)


@posix_face
def _exit(status: SupportsIndex) -> None:
    """Exit to the system with specified status, without normal exit processing."""
    way_out[0](index(status))


@posix_face
def getpid() -> int:
    """Return the current process id."""
    return identity.pid


@posix_face
def getppid() -> int:
    """Return the parent's process id.

    If the parent process has already exited, Windows machines will still
    return its id; others systems will return the id of the 'init' process (1)."""
    return identity.parent


@posix_face
def waitpid(pid: SupportsIndex, options: SupportsIndex, /) -> tuple[int, int]:
    """Wait for completion of a given child process.

    Returns a tuple of information regarding the child process:
        (pid, status)

    The options argument is ignored on Windows."""
    return part("children").wait_for(index(pid), index(options))


@posix_face
def wait() -> tuple[int, int]:
    """Wait for completion of a child process.

    Returns a tuple of information about the child process:
        (pid, status)"""
    return part("children").wait_for(-1, 0)


@posix_face.named("wait3", "wait4")
def wait3(*args: object, **kwargs: object) -> Never:
    """Wait for completion of a child process, and tell what resources it has used."""
    raise OSError(_ENOSYS, _NO_USAGE)


@posix_face
def waitid(
    idtype: SupportsIndex, id: SupportsIndex, options: SupportsIndex, /
) -> posix.waitid_result | None:
    """Returns the result of waiting for a process or processes.

      idtype
        Must be one of be P_PID, P_PGID or P_ALL.
      id
        The id to wait on.
      options
        Constructed from the ORing of one or more of WEXITED, WSTOPPED
        or WCONTINUED and additionally may be ORed with WNOHANG or WNOWAIT.

    Returns either waitid_result or None if WNOHANG is specified and there are
    no children in a waitable state."""
    return part("groups").waitid(index(idtype), index(id), index(options))


def _is_only(pid: int) -> bool:
    """Whether `pid` means this process, which leads its group as a shell's job does."""
    return pid in (0, identity.pid) and not has_relatives()


@posix_face
def getpgid(pid: SupportsIndex) -> int:
    """Call the system call getpgid(), and return the result."""
    pid = index(pid)
    return identity.pid if _is_only(pid) else part("groups").known(pid).group


@posix_face
def getpgrp() -> int:
    """Return the current process group id."""
    return getpgid(0)


@posix_face
def getsid(pid: SupportsIndex, /) -> int:
    """Call the system call getsid(pid) and return the result."""
    pid = index(pid)
    return _SHELL if _is_only(pid) else part("groups").known(pid).session


@posix_face
def setpgid(pid: SupportsIndex, pgrp: SupportsIndex, /) -> None:
    """Call the system call setpgid(pid, pgrp)."""
    part("groups").join(index(pid), index(pgrp))


@posix_face
def setpgrp() -> None:
    """Make the current process the leader of its process group."""
    setpgid(0, 0)


@posix_face
def setsid() -> None:
    """Call the system call setsid()."""
    part("groups").lead()


@posix_face
def killpg(pgid: SupportsIndex, signal: SupportsIndex, /) -> None:
    """Kill a process group with a signal."""
    part("groups").killpg(index(pgid), index(signal))


@face
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
    arguments = part("arguments")
    arguments.check_descriptors(close_fds, pass_fds, errpipe_write)
    arguments.check_words((*args, *executable_list, *(env or ()), cwd))
    arguments.check_id("gid", gid)
    arguments.check_id("uid", uid)
    streams = (p2cread, c2pwrite, errwrite)
    place = (pgid_to_set, bool(call_setsid))
    passed = pass_fds if close_fds else None
    spawn = part("spawn")
    words = (args, executable_list, passed, cwd, env)
    return spawn.fork_exec(*words, streams, errpipe_write, place, child_umask)


@memory_face
def shm_open(path: str, flags: SupportsIndex, mode: SupportsIndex = 0o777) -> int:
    """Open a shared memory object.  Returns a file descriptor (integer)."""
    return part("memory").shm_open(path, index(flags), index(mode))


@memory_face
def shm_unlink(path: str) -> None:
    """Remove a shared memory object (similar to unlink()).

    Remove a shared memory object name, and, once all processes have
    unmapped the object, de-allocates and destroys the contents of the
    associated memory region."""
    part("memory").shm_unlink(path)


@debugging_face
class RemoteUnwinder:
    """RemoteUnwinder(pid): Inspect stack of a remote Python process."""

    def __init__(self, pid: int, **options: object) -> None:
        # As C does; `python -m asyncio` prints it.
        raise RuntimeError(
            "a page in a browser can look into no process from outside; asyncio.all_tasks() and "
            "asyncio.print_call_graph(task) tell of tasks from inside"
        )
