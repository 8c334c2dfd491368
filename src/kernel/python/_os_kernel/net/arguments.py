"""How `_socket` reads what it is given: addresses, buffers, time-outs (Modules/socketmodule.c).

Invariant: what is wrong raises the exception that C raises, with its words.
"""

from operator import index
from os import fsencode

from . import names
from .constants import AF_INET, AF_INET6, AF_UNIX

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .socket_file import Address

#: `sun_path` of Linux.
_PATH_ROOM = 108
_INT_MAX = 0x7FFFFFFF
_LONGEST = 9223372036.0


def fd(fileno: object) -> int:
    """Of a number that `socket(fileno=…)` and the functions of the module are given."""
    number = index(fileno)  # pyright: ignore[reportArgumentType]: TypeError is the answer
    if number > _INT_MAX or number < -_INT_MAX - 1:
        raise OverflowError("Python int too large to convert to C int")
    if number < 0:
        raise ValueError("negative file descriptor")
    return number


def timeout(value: object) -> float | None:
    """Seconds; None for without end."""
    if value is None:
        return None
    if not isinstance(value, (int, float)):
        try:
            value = index(value)  # pyright: ignore[reportArgumentType]: TypeError is the answer
        except TypeError:
            kind = type(value).__name__
            words = f"'{kind}' object cannot be interpreted as an integer or float"
            raise TypeError(words) from None
    if value != value:
        raise ValueError("Invalid value NaN (not a number)")
    if value > _LONGEST or value < -_LONGEST:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    if value < 0:
        raise ValueError("Timeout value out of range")
    return float(value)


def whole(value: object) -> int:
    """A C int."""
    number = index(value)  # pyright: ignore[reportArgumentType]: TypeError is the answer
    if number > _INT_MAX:
        raise OverflowError("signed integer is greater than maximum")
    if number < -_INT_MAX - 1:
        raise OverflowError("signed integer is less than minimum")
    return number


def data(given: object) -> bytes | memoryview:
    """The bytes to send."""
    if type(given) is bytes:
        return given
    if isinstance(given, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    try:
        view = memoryview(given)  # pyright: ignore[reportArgumentType]: TypeError is the answer
    except TypeError:
        name = type(given).__name__
        raise TypeError(f"a bytes-like object is required, not '{name}'") from None
    if not view.c_contiguous:
        raise BufferError("memoryview: underlying buffer is not C-contiguous")
    return view if view.format == "B" and view.ndim == 1 else view.cast("B")


def buffer(given: object, caller: str) -> memoryview:
    """The memory to receive into."""
    try:
        view = memoryview(given)  # pyright: ignore[reportArgumentType]: TypeError is the answer
    except TypeError:
        view = None
    if view is None or view.readonly:
        kind = type(given).__name__
        words = f"{caller}() argument 1 must be read-write bytes-like object, not {kind}"
        raise TypeError(words)
    return view.cast("B")


def address(family: int, given: object, caller: str) -> Address:
    """As the sockets of `family` take it: a host and a port, or a name of AF_UNIX as bytes."""
    if family == AF_UNIX:
        return _unix(given)
    if family == AF_INET:
        return _inet(given, caller)
    if family == AF_INET6:
        return _inet6(given, caller)
    raise OSError(f"{caller}(): unknown address family")


def _unix(given: object) -> bytes:
    if isinstance(given, str):
        path = fsencode(given)
    else:
        try:
            path = bytes(memoryview(given))  # pyright: ignore[reportArgumentType]: as C
        except TypeError:
            name = type(given).__name__
            raise TypeError(f"a bytes-like object is required, not '{name}'") from None
    # An abstract name needs no byte for its end.
    longest = _PATH_ROOM if path[:1] in (b"", b"\0") else _PATH_ROOM - 1
    if len(path) > longest:
        raise OSError("AF_UNIX path too long")
    return path


def _host(given: object, family: int) -> str:
    """What a name stands for, in the one form of an address."""
    if isinstance(given, (bytes, bytearray)):
        text = bytes(given).decode("latin-1")
    elif isinstance(given, str):
        text = given if given.isascii() else given.encode("idna").decode("ascii")
    else:
        name = type(given).__name__
        raise TypeError(f"str, bytes or bytearray expected, not {name}")
    if "\0" in text:
        raise TypeError("host name must not contain null character")
    return names.address_of(text, family)


def _port(given: object, caller: str) -> int:
    if isinstance(given, float) or not hasattr(given, "__index__"):
        name = type(given).__name__
        raise TypeError(f"'{name}' object cannot be interpreted as an integer")
    port = whole(given)
    if not 0 <= port <= 0xFFFF:
        raise OverflowError(f"{caller}(): port must be 0-65535.")
    return port


def _inet(given: object, caller: str) -> tuple[str, int]:
    if not isinstance(given, tuple):
        name = type(given).__name__
        raise TypeError(f"{caller}(): AF_INET address must be tuple, not {name}")
    if len(given) != 2:
        raise TypeError("AF_INET address must be a pair (host, port)")
    host, port = given
    host = _host(host, AF_INET)
    return host, _port(port, caller)


def _inet6(given: object, caller: str) -> tuple[str, int]:
    if not isinstance(given, tuple):
        name = type(given).__name__
        raise TypeError(f"{caller}(): AF_INET6 address must be tuple, not {name}")
    if not 2 <= len(given) <= 4:
        raise TypeError("AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
    host, port, *rest = given
    host = _host(host, AF_INET6)
    port = _port(port, caller)
    flow = index(rest[0]) if rest else 0
    if not 0 <= flow <= 0xFFFFF:
        raise OverflowError(f"{caller}(): flowinfo must be 0-1048575.")
    if len(rest) > 1:
        index(rest[1])
    return host, port
