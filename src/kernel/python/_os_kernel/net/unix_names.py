"""The names of AF_UNIX: paths of the file system, and abstract ones, which begin with a zero byte.

Invariant: a path stands for a socket as long as the file that `bind` made for it is there under it
and the socket is open; an abstract name as long as the socket is open.
"""

import errno
import posix
from errno import EADDRINUSE, ECONNREFUSED
from itertools import count
from os import fsdecode

from .. import machine
from ..files.open_file import failure
from .kin import kin

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .unix import UnixFile

_abstract: dict[bytes, UnixFile] = {}
#: By the number that the machine keeps in the file.
_files: dict[int, UnixFile] = {}
_free = count(1)


def bind(file: UnixFile, name: bytes) -> bytes:
    """Gives `file` the name, b"" for any that is free; answers with it."""
    if name == b"":
        name = next(n for k in _free if (n := b"\0%05x" % k) not in _abstract)
    if name[0] == 0:
        if name in _abstract:
            raise failure(EADDRINUSE)
        if kin.names is not None:
            kin.names.bind_unix(file, _key(name))
        _abstract[name] = file
        return name
    path = name.partition(b"\0")[0]
    number = _number(file)
    error = machine.socket_make(_text(path), number)
    if error:
        raise failure(EADDRINUSE if error == "EEXIST" else getattr(errno, error))
    if kin.names is not None:
        kin.names.bind_unix(file, str(number))
    _files[number] = file
    return path


def _number(file: UnixFile) -> int:
    """Tells `file` from the sockets of all processes."""
    return posix.getpid() << 24 | file.number


def _key(name: bytes) -> str:
    """What processes call an abstract name among each other."""
    return "@" + name.decode("latin-1")


def named() -> list[tuple[str, UnixFile]]:
    """The sockets that have names, by what processes call those."""
    abstract = [(_key(name), file) for name, file in _abstract.items()]
    return abstract + [(str(number), file) for number, file in _files.items()]


def release(file: UnixFile, name: bytes) -> None:
    if name[:1] == b"\0":
        del _abstract[name]
    else:
        del _files[_number(file)]


def find(name: bytes) -> UnixFile | str:
    """The socket of that name, or what other processes know it by; an OSError if there is none."""
    if name[:1] in (b"\0", b""):
        found, key = _abstract.get(name), _key(name)
    else:
        number = machine.socket_at(_text(name.partition(b"\0")[0]))
        if isinstance(number, str):
            raise failure(getattr(errno, number))
        found, key = _files.get(number), str(number)
    if found is not None and not found.shared:
        return found
    if kin.names is None:
        raise failure(ECONNREFUSED)
    return key


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def told(name: bytes) -> str | bytes:
    """As Python sees it."""
    return name if name[:1] == b"\0" else fsdecode(name)
