"""Other ways to execute a program than `_posixsubprocess`, as `posix` and `os` give them.

Invariant: the one program that there is to execute is this Python. There is no shell, and nothing
takes the place of a process that runs.
"""

import os
import sys

from .processes import part
from .seam.declare import Face

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import SupportsIndex

    type _Path = str | bytes | os.PathLike[str] | os.PathLike[bytes]
    type _Arguments = tuple[_Path, ...] | list[_Path]
    type _Environment = Mapping[str, str] | Mapping[bytes, bytes] | None

face = Face("posix", also=("os",))
face.give(POSIX_SPAWN_OPEN=0, POSIX_SPAWN_CLOSE=1, POSIX_SPAWN_DUP2=2, POSIX_SPAWN_CLOSEFROM=3)

#: What is told of a shell where there is none: the child's exit code is 127.
_NO_SHELL = 127 << 8


@face
def system(command: str | bytes | os.PathLike[str]) -> int:
    """Execute the command in a subshell."""
    os.fsencode(command)
    sys.audit("os.system", command)
    return _NO_SHELL


def _spawning(name: str) -> None:
    def spawn(
        path: _Path,
        argv: _Arguments,
        env: _Environment,
        /,
        *,
        file_actions: Iterable[tuple[object, ...]] | None = (),
        setpgroup: SupportsIndex | None = None,
        resetids: bool = False,
        setsid: bool = False,
        setsigmask: Iterable[int] = (),
        setsigdef: Iterable[int] = (),
        scheduler: object = None,
    ) -> int:
        """Execute the program specified by path in a new process."""
        options = {
            "file_actions": file_actions,
            "setpgroup": setpgroup,
            "setsid": setsid,
            "setsigmask": setsigmask,
            "setsigdef": setsigdef,
            "scheduler": scheduler,
        }
        return getattr(part("programs"), name)(path, argv, env, options)

    spawn.__name__ = spawn.__qualname__ = name
    face(spawn)


for _name in ("posix_spawn", "posix_spawnp"):
    _spawning(_name)


def _spawnvef(
    mode: int, file: _Path, args: _Arguments, env: _Environment, func: Callable[..., object]
) -> int:
    return part("programs").spawnv(mode, file, args, env, func)


# What `os.spawnv` and its like call, which make it of `fork`.
setattr(os, "_spawnvef", _spawnvef)  # noqa: B010


@face
def execv(path: _Path, argv: _Arguments, /) -> None:
    """Execute an executable path with arguments, replacing current process."""
    part("programs").execute("execv() arg 2", path, argv, None)


@face
def execve(path: _Path, argv: _Arguments, env: _Environment) -> None:
    """Execute an executable path with arguments, replacing current process."""
    part("programs").execute("execve: argv", path, argv, path)
