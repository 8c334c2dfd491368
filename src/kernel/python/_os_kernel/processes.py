"""What needs a second process: `fork` of `posix`; `fork_exec`, by which `subprocess` and
`multiprocessing` start one; the memory that processes share (`_posixshmem`); and what looks into
one from outside (`_remote_debugging`, by which `python -m asyncio ps` does).

Invariant: none is started or looked into, and each call says why and what to do instead.
"""

import _remote_debugging as native_debugging

from .seam.declare import Face

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never

posix_face = Face("posix", also=("os",))
memory_face = Face("_posixshmem", doc="POSIX shared memory module")
debugging_face = Face("_remote_debugging", base=native_debugging)
face = Face("_posixsubprocess", doc="A POSIX helper for the subprocess module.")

_ENOSYS = 38
_WHY = (
    "a page in a browser starts no process; use threads (multiprocessing.pool.ThreadPool, "
    "concurrent.futures.ThreadPoolExecutor), or run this program with Python on a computer"
)


@posix_face.named("fork", "forkpty")
def fork() -> Never:
    """Fork a child process."""
    raise OSError(_ENOSYS, _WHY)


@face
def fork_exec(*args: object) -> Never:
    """Spawn a fresh new child process."""
    raise OSError(_ENOSYS, _WHY)


@memory_face
def shm_open(path: str, flags: int, mode: int = 0o777) -> Never:
    """Open a shared memory object.  Returns a file descriptor (integer)."""
    raise OSError(_ENOSYS, _WHY)


@memory_face
def shm_unlink(path: str) -> Never:
    """Remove a shared memory object (similar to unlink())."""
    raise OSError(_ENOSYS, _WHY)


@debugging_face
class RemoteUnwinder:
    """RemoteUnwinder(pid): Inspect stack of a remote Python process."""

    def __init__(self, pid: int, **options: object) -> None:
        # As C does; `python -m asyncio` prints it.
        raise RuntimeError(
            "a page in a browser can look into no process from outside; asyncio.all_tasks() and "
            "asyncio.print_call_graph(task) tell of tasks from inside"
        )
