"""`os.sendfile`, as Linux has it.

Invariant: what it sends is a regular file's, and it sends at most what fits.
"""

import posix
from errno import EINVAL, ESPIPE
from operator import index
from os import SEEK_CUR, SEEK_SET
from stat import S_ISREG

from ..seam.declare import Face
from .open_file import failure

face = Face("posix", also=("os",))
#: It may send less than it was asked to, and then it is asked again.
_AT_ONCE = 1 << 18


@face
def sendfile(out_fd: int, in_fd: int, offset: int | None, count: int) -> int:
    """Copy count bytes from file descriptor in_fd to file descriptor out_fd."""
    if not S_ISREG(posix.fstat(in_fd).st_mode):
        raise failure(EINVAL if offset is None else ESPIPE)
    at = posix.lseek(in_fd, 0, SEEK_CUR) if offset is None else index(offset)
    data = posix.pread(in_fd, min(index(count), _AT_ONCE), at)
    sent = posix.write(out_fd, data) if data else 0
    if offset is None:
        posix.lseek(in_fd, at + sent, SEEK_SET)
    return sent
