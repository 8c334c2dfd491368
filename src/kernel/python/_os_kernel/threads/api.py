"""The functions of `_thread`.

Invariant: each checks its arguments and raises as Modules/_threadmodule.c of 3.14 does.
"""

from types import MappingProxyType

from ..seam.declare import Face
from ..signals import delivery
from . import thread
from .handle import _ThreadHandle

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Never

face = Face("_thread")

#: Bytes, as Linux has it: shorter names are kept whole.
_NAME_MAXLEN = 15
#: Remembered and otherwise without effect: every stack is as large as the browser lets it be.
_stack_size = {"bytes": 0}


face.give(_NAME_MAXLEN=_NAME_MAXLEN)

_NO_KEYWORDS = MappingProxyType({})


@face
def start_joinable_thread(
    function: Callable[[], object], handle: _ThreadHandle | None = None, daemon: bool = True
) -> _ThreadHandle:
    """*For internal use only*: start a new thread."""
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    elif not isinstance(handle, _ThreadHandle):
        raise TypeError("'handle' must be a _ThreadHandle")
    thread.start(function, (), {}, handle, daemon)
    return handle


@face.named("start_new_thread", "start_new")
def start_new_thread(
    function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: Mapping[str, object] = _NO_KEYWORDS,
    /,
) -> int:
    """Start a new thread and return its identifier."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if kwargs is not _NO_KEYWORDS and not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    return thread.start(function, args, kwargs, _ThreadHandle(), True).ident


@face.named("exit", "exit_thread")
def exit() -> Never:
    """This is synonymous to ``raise SystemExit''."""
    raise SystemExit


@face
def interrupt_main(signum: int = delivery.native.SIGINT, /) -> None:
    """Simulate the arrival of the given signal in the main thread."""
    delivery.check(signum)
    if delivery.handlers[signum] not in (delivery.SIG_DFL, delivery.SIG_IGN):
        delivery.simulate(signum)
        delivery.run_pending()


@face
def _count() -> int:
    """Return the number of currently running Python threads, excluding the main thread."""
    return len(thread.alive) - 1


@face
def stack_size(size: int = 0, /) -> int:
    """Return the thread stack size used when creating new threads."""
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if 0 < size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    previous = _stack_size["bytes"]
    _stack_size["bytes"] = size
    return previous


@face
def set_name(name: str) -> None:
    """Set the name of the current thread."""
    encoded = name.encode("utf-8", "replace").split(b"\0", 1)[0]
    thread.current().name = encoded[:_NAME_MAXLEN].decode("utf-8", "surrogateescape")


@face
def _get_name() -> str:
    """Get the name of the current thread."""
    return thread.current().name


@face
def _shutdown() -> None:
    """Wait for all non-daemon threads (other than the calling thread) to stop."""
    me = thread.current()
    while True:
        others = [
            t
            for t in thread.alive.values()
            if not t.daemon and t is not me and t.handle is not None
        ]
        if not others:
            return
        others[0].handle.join()


@face
def daemon_threads_allowed() -> bool:
    """Return True if daemon threads are allowed in the current interpreter, and False otherwise."""
    return True


@face
def _get_main_thread_ident() -> int:
    """Internal only. Return the ident of the main thread."""
    return thread.main.ident
