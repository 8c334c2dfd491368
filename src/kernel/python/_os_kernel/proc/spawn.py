"""Starting a process: `fork` and `exec` in one, as `_posixsubprocess.fork_exec` does both.

The one program that there is to execute is this Python. Invariant: what cannot be executed is told
by the pipe `errpipe_write`, as C does, so that `subprocess` raises what it raises everywhere.
"""

import os
import posix
import sys
from contextlib import suppress
from errno import EACCES, EAGAIN, EISDIR, ENOENT, ENOEXEC, ENOTDIR, EPERM
from fcntl import F_GETFD, FD_CLOEXEC, fcntl

from ..files import table
from ..processes import INTERPRETER, identity
from ..signals import delivery
from ..threads import semaphore, thread
from . import boot_options, calls, children, memory, names, passing

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_IGNORED_BY_PYTHON = (13, 25)  # SIGPIPE, SIGXFSZ
_EXEC_FAILED = 255 << 8


class CannotExecute(Exception):
    """`number` is the error's, `what` the word by which `subprocess` tells what failed."""

    def __init__(self, number: int, what: str = "") -> None:
        self.number = number
        self.what = what


def fork_exec(
    args: Sequence[str | bytes],
    paths: Sequence[bytes],
    passed: tuple[int, ...] | None,
    cwd: str | bytes | None,
    env: Sequence[bytes] | None,
    streams: tuple[int, int, int],
    errpipe: int,
    place: tuple[int, bool],
    mask: int,
) -> int:
    """The number of the new process.

    `passed` are the descriptors that it is given besides its streams, None for all that can be
    inherited; `streams` are its standard input, output and error, -1 for those of this process;
    `place` is its process group, 0 for one of its own and -1 for this process's, and whether it
    has a session of its own.
    """
    try:
        folder = _folder(cwd)
        argv = executable(paths, [os.fsdecode(arg) for arg in args], folder)
        wanted = {0: 0, 1: 1, 2: 2}
        if passed is None:
            passed = tuple(inheritable())
        wanted.update({fd: fd for fd in passed if fd != errpipe})
        for fd, its in enumerate(streams):
            if its != -1:
                wanted[fd] = its
        return start(argv, wanted, env, place, signals(), folder, mask)
    except CannotExecute as error:
        _tell_error(errpipe, error.number, error.what)
        return children.stillborn(_EXEC_FAILED)


def start(
    argv: list[str],
    wanted: dict[int, int],
    env: Sequence[bytes] | None,
    place: tuple[int, bool],
    its_signals: dict[str, list[int]],
    folder: str,
    mask: int = -1,
) -> int:
    """The number of a process that executes the interpreter; `wanted` are its descriptors, each
    with the one of this process that it is.
    """
    names.begin(0)
    descriptors = [given for fd, its in wanted.items() if (given := _describe(fd, its)) is not None]
    environment = (
        [f"{name}={value}" for name, value in os.environ.items()]
        if env is None
        else [os.fsdecode(entry) for entry in env]
    )
    group, leads = place
    fields: dict[str, object] = {"session": leads}
    if group >= 0:
        fields["group"] = group
    if not _is_tracker(argv):
        semaphore.hand_over_all()
        identity.alone = False
    command: dict[str, object] = {
        "argv": argv,
        "environment": environment,
        "folder": folder,
        "mask": memory.mask() if mask < 0 else mask,
        **its_signals,
    }
    boot = boot_options.needed(argv, environment)
    if boot is not None:
        command["boot"] = boot
    answer = calls.ask(
        "process.spawn",
        command=command,
        descriptors=descriptors,
        **fields,
    )
    pid = getattr(answer, "pid", None)
    if pid is None and answer.error == "EPERM":
        raise CannotExecute(EPERM, "noexec")
    if pid is None:
        raise BlockingIOError(EAGAIN, "Resource temporarily unavailable")
    identity.has_started_any = True
    children.children.setdefault(pid, None)
    return pid


def _tell_error(errpipe: int, number: int, what: str = "") -> None:
    posix.write(errpipe, f"OSError:{number:x}:{what}".encode())


def signals() -> dict[str, list[int]]:
    """What a new process inherits of this thread's signals, as by `execve`.

    Those that Python itself ignores, it would ignore anyway.
    """
    ignored = [
        signum
        for signum, handler in delivery.handlers.items()
        if handler == delivery.SIG_IGN and signum not in _IGNORED_BY_PYTHON
    ]
    return {"ignored": ignored, "blocked": sorted(delivery.masks.get(thread.current(), ()))}


def _folder(cwd: str | bytes | None) -> str:
    here = posix.getcwd()
    if cwd is None:
        return here
    folder = os.path.normpath(os.path.join(here, os.fsdecode(cwd)))
    if not os.path.isdir(folder):
        raise CannotExecute(ENOTDIR if os.path.exists(folder) else ENOENT, "noexec:chdir")
    return folder


def executable(paths: Sequence[bytes], argv: list[str], folder: str) -> list[str]:
    """What the interpreter is to be given, or the error of the last path, as `execve` in turn."""
    number = ENOENT
    for each in paths:
        path = os.path.join(folder, os.fsdecode(each))
        if os.path.realpath(path) == INTERPRETER:
            return argv
        try:
            with open(path, "rb") as file:
                first = file.readline(256)
        except OSError as error:
            if error.errno not in (ENOENT, ENOTDIR):
                number = EACCES if error.errno == EISDIR else error.errno or number
            continue
        if not os.access(path, os.X_OK):
            number = EACCES
        elif first.startswith(b"#!") and b"python" in first:
            return [sys.executable, path, *argv[1:]]
        else:
            number = ENOEXEC
    raise CannotExecute(number)


def _is_tracker(argv: Sequence[str]) -> bool:
    """Whether it is `multiprocessing.resource_tracker`'s command."""
    return argv[-1].startswith("from multiprocessing.resource_tracker import main;main(")


def open_descriptors() -> list[int]:
    return list(_flags())


def inheritable() -> list[int]:
    return [fd for fd, flags in _flags().items() if not flags & FD_CLOEXEC]


def _flags() -> dict[int, int]:
    found = {}
    for name in posix.listdir("/proc/self/fd"):
        # The folder itself was open while it was read.
        with suppress(OSError):
            found[int(name)] = fcntl(int(name), F_GETFD)
    return found


def _describe(fd: int, its: int) -> dict[str, object] | None:
    """What the new process finds at `fd`: what stands at `its` here. None for nothing."""
    file = table.find(its)
    return None if file is None else {"descriptor": fd, **passing.describe(file, its)}
