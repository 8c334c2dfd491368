"""The checks of `fork_exec`'s arguments, before anything is started.

Invariant: each raises what `subprocess_fork_exec` of Modules/_posixsubprocess.c raises.
"""

import os
from operator import index

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_INT = 2**31 - 1
_MOST_ID = 2**32 - 1


def check_descriptors(close_fds: bool, kept: tuple[int, ...], errpipe_write: int) -> None:
    if close_fds and errpipe_write < 3:
        raise ValueError("errpipe_write must be >= 3")
    last = -1
    for fd in kept:
        if not isinstance(fd, int) or not last < fd <= _MOST_INT:
            raise ValueError("bad value(s) in fds_to_keep")
        last = fd


def check_words(words: Iterable[str | bytes | None]) -> None:
    """No word of C has a null in it."""
    for word in words:
        if word is not None and b"\0" in os.fsencode(word):
            raise ValueError("embedded null byte")


def check_id(kind: str, number: object) -> None:
    """`kind` is "uid" or "gid"."""
    if number is None:
        return
    value = index(number)  # pyright: ignore[reportArgumentType]: it raises what C does
    if value < -1:
        raise OverflowError(f"{kind} is less than minimum")
    if value > _MOST_ID:
        raise OverflowError(f"{kind} is greater than maximum")
