"""The effective user and group, which Emscripten's C library does not tell.

Invariant: no program takes on another user, so they are the real ones.
"""

import posix

from .seam.declare import Face

face = Face("posix", also=("os",))


@face
def geteuid() -> int:
    """Return the current process's effective user id."""
    return posix.getuid()


@face
def getegid() -> int:
    """Return the current process's effective group id."""
    return posix.getgid()
