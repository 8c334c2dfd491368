"""What needs a second process: `fork` of `posix`; `fork_exec`, by which `subprocess` and
`multiprocessing` start one; and the memory that processes share (`_posixshmem`).

Invariant: none is started, and each call says why and what to do instead.
"""

from .seam.declare import Face

posix_face = Face("posix", also=("os",))
memory_face = Face("_posixshmem", doc="POSIX shared memory module")
face = Face("_posixsubprocess", doc="A POSIX helper for the subprocess module.")

_ENOSYS = 38
_WHY = (
    "a page in a browser starts no process; use threads (multiprocessing.pool.ThreadPool, "
    "concurrent.futures.ThreadPoolExecutor), or run this program with Python on a computer"
)


@posix_face.named("fork", "forkpty")
def fork():
    """Fork a child process."""
    raise OSError(_ENOSYS, _WHY)


@face
def fork_exec(*args):
    """Spawn a fresh new child process."""
    raise OSError(_ENOSYS, _WHY)


@memory_face
def shm_open(path, flags, mode=0o777):
    """Open a shared memory object.  Returns a file descriptor (integer)."""
    raise OSError(_ENOSYS, _WHY)


@memory_face
def shm_unlink(path):
    """Remove a shared memory object (similar to unlink())."""
    raise OSError(_ENOSYS, _WHY)
