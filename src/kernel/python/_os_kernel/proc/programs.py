"""Other ways to execute a program: `posix_spawn`, `spawnv` and `execv`.

Invariant: the one program that there is to execute is this Python, and nothing takes the place of a
process that runs.
"""

import os
import posix
import sys
from errno import EBADF, ENOSYS
from operator import index

from ..signals import delivery
from . import children, spawn

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, SupportsIndex

    type _Path = str | bytes | os.PathLike[str] | os.PathLike[bytes]
    type _Arguments = tuple[_Path, ...] | list[_Path]
    type _Environment = Mapping[str, str] | Mapping[bytes, bytes] | None
    type _Options = Mapping[str, Any]

#: What `os.spawnv` tells of a program that could not be executed.
_NOT_EXECUTED = 127 << 8


def posix_spawn(path: _Path, argv: _Arguments, env: _Environment, options: _Options) -> int:
    return _spawn("posix_spawn", path, [os.fsencode(path)], argv, env, **options)


def posix_spawnp(path: _Path, argv: _Arguments, env: _Environment, options: _Options) -> int:
    name = os.fsencode(path)
    folders = [b""] if b"/" in name else map(os.fsencode, os.get_exec_path())
    paths = [os.path.join(folder, name) for folder in folders]
    return _spawn("posix_spawnp", path, paths, argv, env, **options)


def _spawn(
    what: str,
    path: _Path,
    paths: list[bytes],
    argv: _Arguments,
    env: _Environment,
    *,
    file_actions: Iterable[tuple[object, ...]] | None,
    setpgroup: SupportsIndex | None,
    setsid: bool,
    setsigmask: Iterable[int],
    setsigdef: Iterable[int],
    scheduler: object,
) -> int:
    words = _words(f"{what}: argv", argv)
    if scheduler is not None:
        raise NotImplementedError("The scheduler option is not supported in this system.")
    sys.audit("os.posix_spawn", path, argv, env)
    signals = spawn.signals()
    if setsigmask:
        signals["blocked"] = sorted({index(one) for one in setsigmask})
    for one in setsigdef:
        delivery.check(index(one))
    signals["ignored"] = [one for one in signals["ignored"] if one not in set(setsigdef)]
    opened: list[int] = []
    try:
        wanted = _descriptors(file_actions or (), opened)
        folder = posix.getcwd()
        place = (-1 if setpgroup is None else index(setpgroup), bool(setsid))
        command = spawn.executable(paths, words, folder)
        return spawn.start(command, wanted, _entries(env), place, signals, folder)
    except spawn.CannotExecute as error:
        raise children.failure(error.number, path) from None
    finally:
        for fd in opened:
            posix.close(fd)


def spawnv(
    mode: int, file: _Path, args: _Arguments, env: _Environment, func: Callable[..., object]
) -> int:
    """`os._spawnvef`: the number of the process, or how it ended."""
    if not isinstance(args, tuple | list):
        raise TypeError("argv must be a tuple or a list")
    if not args or not args[0]:
        raise ValueError("argv first element cannot be empty")
    try:
        pid = _forked(file, args, env, func)
    except BlockingIOError:
        raise
    except Exception:
        # It would be raised in the child, which would end.
        pid = children.stillborn(_NOT_EXECUTED)
    if mode == os.P_NOWAIT:
        return pid
    return os.waitstatus_to_exitcode(children.wait_for(pid, 0)[1])


def _forked(file: _Path, args: _Arguments, env: _Environment, func: Callable[..., object]) -> int:
    words = _words("argv", args)
    name = os.fsencode(file)
    searches = func in (os.execvp, os.execvpe) and b"/" not in name
    # Its stub knows no names of bytes.
    its: Any = env
    folders = map(os.fsencode, os.get_exec_path(its)) if searches else [b""]
    folder = posix.getcwd()
    command = spawn.executable([os.path.join(each, name) for each in folders], words, folder)
    wanted = {fd: fd for fd in spawn.inheritable()}
    return spawn.start(command, wanted, _entries(env), (-1, False), spawn.signals(), folder)


def _words(what: str, argv: _Arguments) -> list[str]:
    if not isinstance(argv, tuple | list):
        raise TypeError(f"{what} must be a tuple or list")
    if not argv:
        raise ValueError(f"{what} must not be empty")
    words = [os.fsdecode(word) for word in argv]
    if not words[0]:
        raise ValueError(f"{what} first element cannot be empty")
    return words


def _entries(env: _Environment) -> Sequence[bytes] | None:
    if env is None:
        return None
    return [os.fsencode(name) + b"=" + os.fsencode(value) for name, value in env.items()]


def _descriptors(actions: Iterable[tuple[object, ...]], opened: list[int]) -> dict[int, int]:
    """The new process's descriptors, each with one of this process's; `opened` are those that are
    needed for the moment.
    """
    there = {fd: fd for fd in spawn.open_descriptors()}
    wanted = {fd: fd for fd in spawn.inheritable()}
    for action in actions:
        if not isinstance(action, tuple) or not action:
            raise TypeError("Each file_actions element must be a non-empty tuple")
        match action:
            case (0, int() as fd, path, int() as flags, int() as mode):
                its = posix.open(path, flags, mode)  # pyright: ignore[reportArgumentType]
                opened.append(its)
                there[fd] = wanted[fd] = its
            case (1, int() as fd):
                there.pop(fd, None)
                wanted.pop(fd, None)
            case (2, int() as fd, int() as to):
                if fd not in there:
                    raise spawn.CannotExecute(EBADF)
                there[to] = wanted[to] = there[fd]
            case (3, int() as lowest):
                for fd in [fd for fd in there if fd >= lowest]:
                    there.pop(fd)
                    wanted.pop(fd, None)
            case (0 | 1 | 2 | 3, *_):
                raise TypeError("A file_actions tuple has the wrong number or kind of elements")
            case _:
                raise TypeError("Unknown file_actions identifier")
    return wanted


def execute(what: str, path: _Path, argv: _Arguments, told: _Path | None) -> None:
    """Says what `execve` says of a program that is not there; all others are refused."""
    words = _words(what, argv)
    try:
        spawn.executable([os.fsencode(path)], words, posix.getcwd())
    except spawn.CannotExecute as error:
        raise children.failure(error.number, told) from None
    raise OSError(
        ENOSYS,
        "a page in a browser cannot put a program in the place of one that runs; start it with "
        "subprocess.run([sys.executable, ...]) and end by sys.exit with its returncode",
    )
