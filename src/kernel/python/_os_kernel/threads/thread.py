"""Threads: identity, start and end.

Invariant: a thread's identity, locals and asyncio state live in its fiber's thread state, put
there before its first line runs and taken away after its last; so `threading.local`,
`sys._current_frames` and asyncio need nothing of ours.
"""

import sys
from _contextvars import Context
from _thread import get_ident as native_ident
from contextlib import suppress
from itertools import count
from posix import getpid

from .. import machine
from ..sched import fiber
from ..seam import unraisable
from ..seam.declare import Face, bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..green.local import Local
    from .handle import _ThreadHandle

face = Face("_thread")


class Thread:
    """A green thread. The main one exists before any fiber."""

    __slots__ = (
        "__weakref__",
        "daemon",
        "fiber",
        "greenlets",
        "handle",
        "ident",
        "name",
        "native_id",
        "ran",
    )

    def __init__(self, ident: int, native_id: int) -> None:
        self.ident = ident
        self.native_id = native_id
        self.name = ""
        self.daemon = False
        #: The one of its fibers that runs when the thread does; the others are greenlets that
        #: have handed over.
        self.fiber: fiber.Fiber | None = None
        self.handle: _ThreadHandle | None = None
        #: Seconds of the cell's clock for which it had the processor, in turns that are over.
        self.ran = 0.0
        #: What it knows of its greenlets (`green/local.py`), once it has used one.
        self.greenlets: Local | None = None


#: On Linux the ident of a thread is an address, and that of an ended thread is used again; so it
#: is here. A native id is never used again.
_STEP = 0x1000
_free: list[int] = []
main = Thread(native_ident(), getpid())
alive = {main.ident: main}
_idents = count(main.ident + _STEP, _STEP)
_native_ids = count(main.native_id + 1)


def current() -> Thread:
    running = fiber.cpu.current
    return main if running is None or running.thread is None else running.thread


@face
def get_ident() -> int:
    """Return a non-zero integer that uniquely identifies the current thread
    amongst other threads that exist simultaneously."""
    return current().ident


@face
def get_native_id() -> int:
    """Return a non-negative integer identifying the thread as reported
    by the OS (kernel)."""
    return current().native_id


def name_of(of: Thread) -> str:
    """What a report calls a thread: the name that `threading` knows it by, if it does."""
    threading = sys.modules.get("threading")
    known = threading._active.get(of.ident) if threading else None
    return known._name if known is not None else of.name or f"thread {of.ident:#x}"


def _make(daemon: bool) -> Thread:
    new = Thread(_free.pop() if _free else next(_idents), next(_native_ids))
    new.daemon = daemon
    return new


def start(
    function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
    handle: _ThreadHandle,
    daemon: bool,
) -> Thread:
    """Starts a thread that calls `function(*args, **kwargs)`; answers with it."""
    if not machine.attached or not fiber.room():
        raise RuntimeError("can't start new thread")
    new = _make(daemon)
    handle._start(new.ident)
    new.handle = handle
    alive[new.ident] = new
    new.fiber = fiber.spawn(new, _run, new, function, args, kwargs)
    return new


def identify(thread: Thread) -> None:
    """Makes the running thread state that of `thread`."""
    machine.identify(thread.ident, thread.native_id)
    _drop_locals()
    if "_asyncio" in sys.modules:
        sys.modules["_asyncio"]._set_running_loop(None)
    sys.set_asyncgen_hooks(None, None)


def identify_main() -> None:
    machine.identify(main.ident, main.native_id)
    if "_asyncio" in sys.modules:
        sys.modules["_asyncio"]._set_running_loop(None)
    sys.set_asyncgen_hooks(None, None)


def _drop_locals() -> None:
    box = [None, None, None]
    machine.take_locals(id(box))


@bridge
def _run(
    thread: Thread,
    function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
) -> None:
    identify(thread)
    try:
        machine.count_from_here()
        Context().run(function, *args, **kwargs)
    except SystemExit:
        pass
    except BaseException as exception:
        _uncaught(exception, function)
    finally:
        del function, args, kwargs
        _end(thread)


@bridge
def _uncaught(exception: BaseException, function: Callable[..., object]) -> None:
    unraisable.report(exception, f"Exception ignored in thread started by {function!r}")


def _end(thread: Thread) -> None:
    # An audit hook of the program's hears of these, and may refuse.
    for get, put in ((sys.gettrace, sys.settrace), (sys.getprofile, sys.setprofile)):
        if get() is not None:
            with suppress(BaseException):
                put(None)
    _drop_locals()
    if thread.greenlets is not None:
        thread.greenlets.leave()
    alive.pop(thread.ident, None)
    _free.append(thread.ident)
    thread.fiber = None
    thread.handle._set_done()
