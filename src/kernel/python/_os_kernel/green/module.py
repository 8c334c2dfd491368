"""The functions and constants of `greenlet._greenlet` (greenlet's PyModule.cpp).

Invariant: the class and every function here are made before a program sees the module, and
`thread_words` has found what a thread takes along from fiber to fiber.
"""

from .. import machine
from ..seam.declare import bridge
from . import collector, local, thread_words
from .core import mains
from .errors import GreenletExit, error
from .greenlet import core_of, face, greenlet, make_main
from .switching import Parts, here

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Parts.kind = greenlet
Parts.core_of = core_of
Parts.make_main = staticmethod(make_main)
if machine.attached:
    thread_words.find()

#: The processor time used to look for leaks, in ticks; None: do not look.
_cleanup: dict[str, int | None] = {"clocks": 0}

face.give(
    #: The functions of C that other C extensions call. There is no C extension to call them.
    _C_API=None,
    GREENLET_USE_GC=1,
    GREENLET_USE_TRACING=1,
    GREENLET_USE_CONTEXT_VARS=1,
    GREENLET_USE_STANDARD_THREADING=1,
    CLOCKS_PER_SEC=1_000_000,
)


@face
@bridge
def getcurrent() -> greenlet:
    """getcurrent() -> greenlet

    Returns the current greenlet (i.e. the one which called this function)."""
    return here().current  # pyright: ignore[reportReturnType]: its thread runs


@face
@bridge
def settrace(callback: Callable[..., object] | None, /) -> object:
    """settrace(callback) -> object

    Sets a new tracing function and returns the previous one."""
    thread = here()
    previous, thread.trace = thread.trace, callback
    return previous


@face
@bridge
def gettrace() -> object:
    """gettrace() -> object

    Returns the currently set tracing function, or None."""
    return here().trace


@face
@bridge
def set_thread_local(key: object, value: object, /) -> None:
    """set_thread_local(key, value) -> None

    Set a value in the current thread-local dictionary. Debugging only."""
    here().values[key] = value


@face
@bridge
def get_pending_cleanup_count() -> int:
    """get_pending_cleanup_count() -> Integer

    Get the number of greenlet cleanup operations pending. Testing only."""
    local.bury()
    return len(local.ended)


@face
def get_total_main_greenlets() -> int:
    """get_total_main_greenlets() -> Integer

    Quickly return the number of main greenlets that exist. Testing only."""
    return mains[0]


@face
def get_clocks_used_doing_optional_cleanup() -> int | None:
    """get_clocks_used_doing_optional_cleanup() -> Integer

    Get the number of clock ticks the program has used doing optional greenlet cleanup."""
    return _cleanup["clocks"]


@face
def enable_optional_cleanup(flag: object, /) -> None:
    """mod_enable_optional_cleanup(bool) -> None

    Enable or disable optional cleanup operations.
    See ``get_clocks_used_doing_optional_cleanup()`` for details."""
    if not flag:
        _cleanup["clocks"] = None
    elif _cleanup["clocks"] is None:
        _cleanup["clocks"] = 0


def finish() -> None:
    collector.begin()


#: What the class has of the module, as upstream.
for _name, _value in (
    ("getcurrent", staticmethod(getcurrent)),
    ("error", error),
    ("GreenletExit", GreenletExit),
    ("settrace", staticmethod(settrace)),
    ("gettrace", staticmethod(gettrace)),
):
    setattr(greenlet, _name, _value)
