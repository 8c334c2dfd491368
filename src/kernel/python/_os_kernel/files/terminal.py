"""The terminal at descriptor 0, as far as `termios` describes it.

Invariant: what is typed is hidden exactly while the program has ECHO off. Lines are edited by
whoever types, whatever the other attributes say.
"""

import termios as native

from .. import machine
from ..seam.declare import Face
from . import table

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .table import Numbered

face = Face("termios")

#: As Linux makes a terminal; the flags that Emscripten's `termios` has names for.
_FLAGS = (
    ("ICRNL", "IXON", "IUTF8"),
    ("OPOST", "ONLCR"),
    ("CS8", "CREAD"),
    ("ISIG", "ICANON", "ECHO", "ECHOE", "ECHOK", "ECHOCTL", "ECHOKE", "IEXTEN"),
)
_CHARACTERS = {"VINTR": 3, "VQUIT": 28, "VERASE": 127, "VKILL": 21, "VEOF": 4, "VMIN": 1}
_LOCAL = 3
_native_get, _native_set = native.tcgetattr, native.tcsetattr
_attributes: list[Any] = []


def _sane() -> list[int | list[bytes]]:
    flags = [sum(getattr(native, name, 0) for name in names) for names in _FLAGS]
    characters = [b"\0"] * native.NCCS
    for name, code in _CHARACTERS.items():
        characters[getattr(native, name)] = bytes([code])
    return [*flags, native.B38400, native.B38400, characters]


def reset() -> None:
    _attributes[:] = _sane()


def secret() -> bool:
    return not _attributes[_LOCAL] & native.ECHO


def _is_ours(fd: Numbered) -> bool:
    from .keyboard import KeyboardFile

    return isinstance(table.own(table.number(fd)), KeyboardFile)


@face
def tcgetattr(fd: Numbered, /) -> list[int | list[bytes | int]]:
    """Get the tty attributes for file descriptor fd."""
    if not _is_ours(fd):
        return _native_get(fd)
    if not machine.terminal():
        raise native.error(25, "Inappropriate ioctl for device")
    return [*_attributes[:-1], list(_attributes[-1])]


@face
def tcsetattr(fd: Numbered, when: int, attributes: list[int | list[bytes | int]], /) -> None:
    """Set the tty attributes for file descriptor fd."""
    if not _is_ours(fd):
        return _native_set(fd, when, attributes)
    if not machine.terminal():
        raise native.error(25, "Inappropriate ioctl for device")
    if not isinstance(attributes, list) or len(attributes) != len(_attributes):
        raise TypeError("tcsetattr, arg 3: must be 7 element list")
    characters: Any = attributes[-1]
    _attributes[:] = [*attributes[:-1], list(characters)]
    if when == native.TCSAFLUSH:
        from .keyboard import flush

        flush()
    return None
