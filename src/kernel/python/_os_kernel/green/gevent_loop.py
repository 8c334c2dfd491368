"""`gevent.libev.corecext`, gevent's event loop, on the kernel's epoll (gevent's corecext.pyx).

In one round the loop runs the callbacks, waits for descriptors until the first timer, and calls
back what has happened.

Invariant: the loop ends when nothing that counts (`ref`) is active, and it never waits while a
callback or a watcher is pending.
"""

import sys
from collections import deque
from contextlib import suppress
from heapq import heappop
from math import ceil
from posix import O_CLOEXEC, O_NONBLOCK, close, pipe2, read, write
from time import monotonic

from ..files.epoll_api import epoll
from ..files.events import ERR, HUP, IN, OUT
from ..seam import unraisable
from ..seam.declare import Face, bridge
from . import watchers
from .watchers import EVENTS, READ, WRITE, watcher

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from .watchers import timer

face = Face("gevent.libev.corecext", doc="")
face.give(
    READ=READ,
    WRITE=WRITE,
    EV_READ=READ,
    EV_WRITE=WRITE,
    EVENTS=EVENTS,
    GEVENT_CORE_EVENTS=EVENTS,
    UNDEF=-1,
    NONE=0,
    __all__=["READ", "WRITE", "callback", "loop", "watcher", "get_version", "get_header_version"],
)

#: Callbacks between two looks at the time.
_BETWEEN_LOOKS = 50
#: What descriptors tell, as libev has it: an error lets both read and write.
_READABLE = IN | HUP | ERR
_WRITABLE = OUT | HUP | ERR


@face
def get_version() -> str:
    return "libev-0.00"


@face
def get_header_version() -> str:
    return "libev-0.00"


@face
class callback:
    """A function that the loop will call once."""

    __slots__ = ("args", "callback")

    def __init__(self, callback: Callable[..., object], args: tuple[object, ...]) -> None:
        self.callback: Callable[..., object] | None = callback
        self.args: tuple[object, ...] | None = args

    def stop(self) -> None:
        self.callback = self.args = None

    close = stop

    def __bool__(self) -> bool:
        return self.args is not None

    @property
    def pending(self) -> bool:
        return self.callback is not None


class Descriptors:
    """The descriptors that a loop's `io` watchers watch."""

    def __init__(self) -> None:
        self._epoll = epoll()
        self._watchers: dict[int, list[watchers.io]] = {}
        #: Regular files: always ready, and no epoll takes them.
        self._ready: set[int] = set()

    def add(self, new: watchers.io) -> None:
        known = self._watchers.setdefault(new.fd, [])
        known.append(new)
        try:
            self._tell(new.fd, len(known) > 1)
        except BaseException:
            known.remove(new)
            if not known:
                del self._watchers[new.fd]
            raise

    def remove(self, old: watchers.io) -> None:
        known = self._watchers[old.fd]
        known.remove(old)
        if known:
            self._tell(old.fd, True)
            return
        del self._watchers[old.fd]
        self._ready.discard(old.fd)
        # It may have been closed.
        with suppress(OSError):
            self._epoll.unregister(old.fd)

    def _tell(self, fd: int, known: bool) -> None:
        mask = 0
        for each in self._watchers[fd]:
            mask |= (IN if each.events & READ else 0) | (OUT if each.events & WRITE else 0)
        try:
            if known:
                try:
                    self._epoll.modify(fd, mask)
                    return
                except FileNotFoundError:
                    pass  # Closed, and opened again under the same number.
            self._epoll.register(fd, mask)
        except FileExistsError:
            self._epoll.modify(fd, mask)
        except PermissionError:
            self._ready.add(fd)

    def wait(self, seconds: float | None, waker: int) -> None:
        """Waits until a descriptor is ready, and tells its watchers."""
        if self._ready:
            seconds = 0
        found = self._epoll.poll(-1 if seconds is None else seconds)
        for fd, bits in found:
            if fd == waker:
                read(waker, 4096)
                continue
            events = (READ if bits & _READABLE else 0) | (WRITE if bits & _WRITABLE else 0)
            self._happened(fd, events)
        for fd in self._ready:
            self._happened(fd, READ | WRITE)

    def _happened(self, fd: int, events: int) -> None:
        for each in self._watchers.get(fd, ()):
            if each.events & events:
                each.happened(each.events & events)

    def watch(self, waker: int) -> None:
        self._epoll.register(waker, IN)

    def close(self) -> None:
        self._epoll.close()

    def fileno(self) -> int:
        return self._epoll.fileno()


@face
class loop:
    """loop(flags=None, default=None)"""

    approx_timer_resolution = 0.00001
    MINPRI = -2
    MAXPRI = 2
    WatcherType = watcher

    def __init__(self, flags: object = None, default: bool | None = None) -> None:
        self._default = True if default is None else default
        self.error_handler: Any = None
        self.starting_timer_may_update_loop_time = False
        #: How many watchers that count are active.
        self.refs = 0
        #: What has happened, by priority.
        self.pending: list[deque[watcher]] = [deque() for _ in range(self.MINPRI, self.MAXPRI + 1)]
        self.timers: list[tuple[float, int, timer]] = []
        self.idles: list[watcher] = []
        self.prepares: list[watcher] = []
        self.checks: list[watcher] = []
        self.descriptors = Descriptors()
        self._callbacks: deque[callback] = deque()
        self._now = monotonic()
        self._ends = False
        self._waiting = False
        self._read_end, self._write_end = pipe2(O_CLOEXEC | O_NONBLOCK)
        self.descriptors.watch(self._read_end)
        self.ptr: object = self

    # Watchers.

    def io(
        self, fd: int, events: int, ref: bool = True, priority: int | None = None
    ) -> watchers.io:
        return watchers.io(self, fd, events, ref, priority)

    def timer(
        self,
        after: float,
        repeat: float = 0.0,
        ref: bool = True,
        priority: int | None = None,
    ) -> watchers.timer:
        return watchers.timer(self, after, repeat, ref, priority)

    def signal(self, signum: int, ref: bool = True, priority: int | None = None) -> watchers.signal:
        return watchers.signal(self, signum, ref, priority)

    def idle(self, ref: bool = True, priority: int | None = None) -> watchers.idle:
        return watchers.idle(self, ref, priority)

    def prepare(self, ref: bool = True, priority: int | None = None) -> watchers.prepare:
        return watchers.prepare(self, ref, priority)

    def check(self, ref: bool = True, priority: int | None = None) -> watchers.check:
        return watchers.check(self, ref, priority)

    def fork(self, ref: bool = True, priority: int | None = None) -> watchers.fork:
        return watchers.fork(self, ref, priority)

    def async_(self, ref: bool = True, priority: int | None = None) -> watchers.async_:
        return watchers.async_(self, ref, priority)

    def child(self, pid: int, trace: int = 0, ref: bool = True) -> watchers.child:
        return watchers.child(self, pid, trace, ref)

    def stat(
        self,
        path: str,
        interval: float = 0.0,
        ref: bool = True,
        priority: int | None = None,
    ) -> watchers.stat:
        return watchers.stat(self, path, interval, ref, priority)

    def install_sigchld(self) -> None:
        """The watchers of children need no handler of the signal."""

    def reset_sigchld(self) -> None:
        """There is no handler to take away."""

    def closing_fd(self, fd: int) -> bool:
        """The descriptor is about to be closed: its watchers look once more."""
        found = self.descriptors._watchers.get(fd, ())
        for each in found:
            each.happened(each.events)
        return bool(found)

    # Callbacks.

    def run_callback(self, func: Callable[..., object], *args: object) -> callback:
        made = callback(func, args)
        self._callbacks.append(made)
        return made

    def run_callback_threadsafe(self, func: Callable[..., object], *args: object) -> callback:
        made = self.run_callback(func, *args)
        self.wake()
        return made

    def wake(self) -> None:
        """Ends the wait of the loop, if it waits."""
        if self._waiting:
            self._waiting = False
            write(self._write_end, b"\0")

    # Time.

    def now(self) -> float:
        return self._now

    def update_now(self) -> None:
        self._now = monotonic()

    update = update_now

    # The life of the loop.

    @bridge
    def run(self, nowait: bool = False, once: bool = False) -> None:
        """Runs until nothing that counts is active."""
        self._ends = False
        while not self._ends:
            try:
                self._prepare()
                if not (self.refs or self._callbacks or self._is_pending()):
                    return
                self._wait(nowait)
            except BaseException:
                # What the handler of a signal has raised.
                self.report_error(None)
            self._call_back()
            if nowait or once:
                return

    @bridge
    def _prepare(self) -> None:
        for each in self.prepares:
            each.happened(1)
        self._call_back()
        self._run_callbacks()

    @bridge
    def _run_callbacks(self) -> None:
        self.starting_timer_may_update_loop_time = True
        try:
            until = self._now + sys.getswitchinterval()
            left = _BETWEEN_LOOKS
            while self._callbacks:
                each = self._callbacks.popleft()
                function, args = each.callback, each.args
                each.callback = None
                if function is None or args is None:
                    continue
                try:
                    function(*args)
                except BaseException:
                    self.report_error(each)
                finally:
                    each.args = None
                left -= 1
                if not left:
                    left = _BETWEEN_LOOKS
                    self.update_now()
                    if self._now >= until:
                        break
            self.update_now()
        finally:
            self.starting_timer_may_update_loop_time = False

    def _is_pending(self) -> bool:
        return any(self.pending)

    @bridge
    def _wait(self, nowait: bool) -> None:
        seconds = self._patience(nowait)
        self._waiting = True
        try:
            self.descriptors.wait(seconds, self._read_end)
        finally:
            self._waiting = False
            self.update_now()
        self._expire()
        for each in self.checks:
            each.happened(1)
        if self.idles and not self._is_pending():
            for each in self.idles:
                each.happened(1)

    def _patience(self, nowait: bool) -> float | None:
        """How long the loop may wait, in seconds; None: until something happens."""
        if nowait or self._callbacks or self.idles or self._is_pending():
            return 0
        while self.timers and not self.timers[0][2].is_due(self.timers[0][1]):
            heappop(self.timers)
        if not self.timers:
            return None
        # In whole milliseconds, as in libev: timers that end with the first are called with it.
        return max(ceil((self.timers[0][0] - monotonic()) * 1000), 0) / 1000

    def _expire(self) -> None:
        while self.timers and self.timers[0][0] <= self._now:
            _, entry, timer = heappop(self.timers)
            if timer.is_due(entry):
                timer.expire()

    @bridge
    def _call_back(self) -> None:
        for queue in reversed(self.pending):
            for _ in range(len(queue)):
                if queue:
                    queue.popleft().call()

    @bridge
    def report_error(self, context: object) -> None:
        """Tells the hub of the exception that is being handled. What the hub raises is printed."""
        told = sys.exc_info()
        try:
            self.handle_error(context, *told)
        except BaseException as error:
            if error.__context__ is told[1]:
                # In C the exception has been fetched, so it is no longer being handled.
                error.__context__ = None
            sys.__excepthook__(type(error), error, error.__traceback__)

    @bridge
    def handle_error(
        self,
        context: object,
        type: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if type is not None and type.__name__ == "HubDestroyed":
            self._callbacks.clear()
            self.break_()
            return
        handler = getattr(self.error_handler, "handle_error", self.error_handler)
        if handler is not None:
            handler(context, type, value, tb)
        elif value is not None:
            unraisable.report(value, None, context)

    def break_(self, how: object = None) -> None:
        self._ends = True

    def reinit(self) -> None:
        """A process that has forked would need it."""

    def ref(self) -> None:
        self.refs += 1

    def unref(self) -> None:
        self.refs -= 1

    def verify(self) -> None:
        """Nothing to verify."""

    def destroy(self) -> bool:
        if self.ptr is None:
            return False
        self.ptr = None
        self._callbacks.clear()
        self.descriptors.close()
        close(self._read_end)
        close(self._write_end)
        return True

    @property
    def default(self) -> bool:
        """Not once it was destroyed."""
        return self._default and self.ptr is not None

    @property
    def backend(self) -> str:
        return "epoll"

    @property
    def backend_int(self) -> int:
        return 4

    @property
    def iteration(self) -> int:
        return -1

    @property
    def depth(self) -> int:
        return -1

    @property
    def pendingcnt(self) -> int:
        return sum(map(len, self.pending))

    @property
    def activecnt(self) -> int:
        return self.refs

    def fileno(self) -> int | None:
        return None if self.ptr is None else self.descriptors.fileno()

    def _format(self) -> str:
        if self.ptr is None:
            return "destroyed"
        default = " default" if self.default else ""
        return f"backend={self.backend}{default} pending={self.pendingcnt} ref={self.refs}"

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__name__} at {id(self):#x} {self._format()}>"


setattr(loop, "async", loop.async_)
face(watcher)


@bridge
def finish() -> None:
    """Declares what the classes are, as corecext.pyx does at its end."""
    from gevent._interfaces import ICallback, ILoop  # pyright: ignore[reportMissingImports]
    from zope.interface import classImplements  # pyright: ignore[reportMissingImports]

    classImplements(loop, ILoop)
    classImplements(callback, ICallback)
