"""Records what threads do, while somebody looks.

While nobody does, nothing of this is in the way: `start` puts functions of this file into the
places of the kernel's, and `stop` puts those back.

Invariant: it never changes who runs next.
"""

import sys
from time import monotonic

from ..seam import extensions, late
from ..seam.declare import bridge
from ..threads import thread
from ..threads.lock import lock
from . import fiber, preempt, recorded_trio, timers, watching
from .recorded_tasks import Tasks
from .recorder import Recorder, place
from .wait import TIMED_OUT, Wait

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ..green.gevent_loop import callback, loop
    from ..green.recorded_greenlets import Greenlets
    from ..green.watchers import watcher
    from ..threads.handle import _ThreadHandle
    from ..threads.thread import Thread
    from .fiber import Fiber



class Look:
    """Whether somebody looks."""

    __slots__ = ("greenlets", "recorder", "tasks", "trio")

    def __init__(self) -> None:
        #: What records, while somebody does.
        self.recorder: Recorder | None = None
        #: What records tasks of asyncio.
        self.tasks: Tasks | None = None
        #: What records greenlets, once the program has them.
        self.greenlets: Greenlets | None = None
        #: Whether runs of trio tell of their tasks.
        self.trio = False


look = Look()


def _switch(me: Fiber, successor: Fiber) -> None:
    if look.recorder is not None:
        look.recorder.leaves(me, successor)
    try:
        _kernel["_switch"](me, successor)
    finally:
        if look.recorder is not None and me.thread is not None:
            look.recorder.runs(me.thread)


def _block(self: Wait, deadline: float | None = None) -> int:
    me = self.fiber
    of = None if me is None else me.thread
    if look.recorder is not None and of is not None:
        try:
            frame = sys._getframe(1)
        except ValueError:
            frame = None
        look.recorder.waits(self, of, frame)
    try:
        return _kernel["block"](self, deadline)
    finally:
        if look.recorder is not None and of is not None:
            look.recorder.runs(of)


def _wake(self: Wait) -> bool:
    if look.recorder is not None and not self.state:
        look.recorder.ready(self)
    return _kernel["wake"](self)


def _end_wait(self: Wait, state: int) -> None:
    if look.recorder is not None:
        look.recorder.ready(self, "timeout" if state == TIMED_OUT else "signal")
    _kernel["_end"](self, state)


def _tick() -> None:
    if look.recorder is not None:
        look.recorder.preempting = True
    try:
        _kernel["tick"]()
    finally:
        if look.recorder is not None:
            look.recorder.preempting = False


def _fire() -> None:
    _from_outside(_kernel["fire"])


def _on_arrival() -> None:
    _from_outside(_kernel["on_arrival"])


def _from_outside(take: Callable[[], None]) -> None:
    if look.recorder is not None:
        look.recorder.arriving = True
    try:
        take()
    finally:
        if look.recorder is not None:
            look.recorder.arriving = False


def _start(
    function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
    handle: _ThreadHandle,
    daemon: bool,
) -> Thread:
    new = _kernel["start"](function, args, kwargs, handle, daemon)
    if look.recorder is not None:
        look.recorder.started(new, function)
    return new


@bridge
def _uncaught(exception: BaseException, function: Callable[..., object]) -> None:
    if look.recorder is not None:
        look.recorder.fails(thread.current(), exception)
    _kernel["_uncaught"](exception, function)


def _end_thread(of: Thread) -> None:
    if look.recorder is not None:
        look.recorder.ended(of)
    _kernel["_end_thread"](of)
    if look.recorder is not None:
        look.recorder.forget(of)


def _acquire(self: lock, blocking: bool = True, timeout: float = -1) -> bool:
    taken = _kernel["acquire"](self, blocking, timeout)
    if taken and look.recorder is not None:
        look.recorder.things.taken(self, place())
    return taken


def _enter(self: lock) -> bool:
    _kernel["__enter__"](self)
    if look.recorder is not None:
        look.recorder.things.taken(self, place())
    return True


def _next_greenlet() -> Fiber:
    if look.greenlets is not None:
        look.greenlets.switches()
    return _kernel["_next"]()


def _run_callback(self: loop, func: Callable[..., object], *args: object) -> callback:
    if look.greenlets is not None:
        look.greenlets.will_call(func, args)
    return _kernel["run_callback"](self, func, *args)


@bridge
def _call(self: watcher) -> None:
    if look.greenlets is not None:
        look.greenlets.calling[thread.current()] = self
    try:
        _kernel["call"](self)
    finally:
        if look.greenlets is not None:
            look.greenlets.calling.pop(thread.current(), None)


#: Where each of them stands in the kernel, under which name, and what takes its place.
_PLACES: tuple[tuple[str, object, str, Callable[..., object]], ...] = (
    ("_switch", fiber, "_switch", _switch),
    ("block", Wait, "block", _block),
    ("wake", Wait, "wake", _wake),
    ("_end", Wait, "_end", _end_wait),
    ("tick", preempt, "tick", _tick),
    ("fire", timers, "fire", _fire),
    ("on_arrival", fiber.cpu, "on_arrival", _on_arrival),
    ("start", thread, "start", _start),
    ("_uncaught", thread, "_uncaught", _uncaught),
    ("_end_thread", thread, "_end", _end_thread),
    ("acquire", lock, "acquire", _acquire),
    ("__enter__", lock, "__enter__", _enter),
)
#: Those of greenlets: the module of the kernel, the class in it if it is a class's.
_GREEN_PLACES: tuple[tuple[str, str, str | None, Callable[..., object]], ...] = (
    ("_next", "switching", None, _next_greenlet),
    ("run_callback", "gevent_loop", "loop", _run_callback),
    ("call", "watchers", "watcher", _call),
)
#: The kernel's own functions, while others have their places, and for those who are in the middle.
_kernel: dict[str, Callable[..., Any]] = {}


def _threads_watched() -> list[watching.Watched]:
    """Of `threading`: what is called with an exception that has left a thread, and `notify`."""
    threading = sys.modules.get("threading")
    if threading is None:
        return []
    constants = threading._make_invoke_excepthook.__code__.co_consts
    inner = [each for each in constants if getattr(each, "co_name", "") == "invoke_excepthook"]
    hooks: list[watching.Watched] = [(each, _excepthook_called, None) for each in inner]
    return [*hooks, (threading.Condition.notify.__code__, _notify_called, None)]


def _notify_called() -> None:
    if look.recorder is not None:
        look.recorder.unheard(sys._getframe(1))


def _excepthook_called() -> None:
    if look.recorder is not None:
        look.recorder.fails(thread.current(), sys.exception())


def _imported(_: object) -> None:
    if look.recorder is not None:
        look.recorder.imported()


def _watch_library(recorder: Recorder) -> None:
    """What the library does without the kernel."""
    find = sys.modules["_frozen_importlib"]._find_and_load.__code__
    watched = [*_threads_watched(), (find, None, _imported)]
    asyncio = sys.modules.get("asyncio")
    if asyncio is not None:
        look.tasks = Tasks(recorder)
        notify = asyncio.locks.Condition.notify.__code__
        watched += [*look.tasks.watched(), (notify, _notify_called, None)]
    if watching.watch(watched) and look.tasks is not None:
        look.tasks.begin()


def _watch_greenlets() -> None:
    """Once a program has imported what makes them: the kernel's part of it is there then."""
    if look.recorder is None or "_os_kernel.green.module" not in sys.modules:
        return
    if look.greenlets is None:
        module = late.load("green.watchers", "green.recorded_greenlets")
        look.greenlets = module.Greenlets(look.recorder)
    for key, name, owner, mine in _GREEN_PLACES:
        module = sys.modules.get(f"_os_kernel.green.{name}")
        if module is None or key in _kernel:
            continue
        place = module if owner is None else getattr(module, owner)
        _kernel[key] = theirs = getattr(place, key)
        # A program sees methods of gevent's loop, and their names.
        mine.__name__, mine.__qualname__ = theirs.__name__, theirs.__qualname__
        mine.__module__, mine.__doc__ = theirs.__module__, theirs.__doc__
        setattr(place, key, mine)


def _watch_trio() -> None:
    """Once a program has imported it."""
    module = sys.modules.get(recorded_trio.MODULE)
    if look.recorder is None or look.trio or module is None:
        return
    if hasattr(module, "setup_runner"):
        look.trio = True
        watching.watch_more(recorded_trio.watched(module, look.recorder))


def _unwatch_greenlets() -> None:
    for key, name, owner, _ in _GREEN_PLACES:
        if key in _kernel:
            module = sys.modules[f"_os_kernel.green.{name}"]
            setattr(module if owner is None else getattr(module, owner), key, _kernel.pop(key))


#: How often the page's clock is compared with ours.
_LOOKS = 3


def _offset(elapsed: Callable[[], float]) -> float:
    """What makes seconds of our clock those of the run. Whatever else the machine does between two
    looks makes it smaller, never larger.
    """
    return max(elapsed() / 1000 - monotonic() for _ in range(_LOOKS))


def start(elapsed: Callable[[], float]) -> None:
    """Records from now on; `elapsed` says for how many milliseconds the run goes on."""
    stop("ok")
    for key, owner, name, mine in _PLACES:
        _kernel[key] = getattr(owner, name)
        setattr(owner, name, mine)
    look.recorder = Recorder(_offset(elapsed))
    look.recorder.begin()
    _watch_library(look.recorder)
    for watch in (_watch_greenlets, _watch_trio):
        extensions.on_made.append(watch)
        watch()


def stop(outcome: str) -> str:
    """What was recorded, as JSON; "" if nothing was. `outcome` is that of the main thread."""
    if look.recorder is None:
        return ""
    watching.unwatch()
    extensions.on_made.remove(_watch_greenlets)
    extensions.on_made.remove(_watch_trio)
    look.trio = False
    _unwatch_greenlets()
    for key, owner, name, _ in _PLACES:
        setattr(owner, name, _kernel[key])
    if look.tasks is not None:
        look.tasks.end()
    told = look.recorder.result(outcome)
    look.recorder = look.tasks = look.greenlets = None
    return told
