"""The watchers of gevent's event loop (gevent's libev/corecext.pyx).

Invariant: a watcher that is active is known to its loop, and one that is pending stands in the
loop's queue once.
"""

from fcntl import F_GETFD
from heapq import heappush
from itertools import count
from os import fsencode
from posix import stat as stat_path
from posix import stat_result

from ..files.fcntl_api import fcntl
from ..processes import part
from ..seam.declare import bridge
from ..signals import delivery

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from ..threads.thread import Thread
    from .gevent_loop import loop

READ, WRITE = 1, 2


class _Events:
    """Stands for the events in the arguments of a callback (`pass_events`)."""

    def __repr__(self) -> str:
        return "gevent.core.EVENTS"


EVENTS = _Events()
_order = count()
#: As libev: files are looked at this often, and no more often than this.
_STAT_INTERVAL, _LEAST_STAT_INTERVAL = 5.0, 0.1074891


class watcher:
    """Calls a function when what it watches has happened."""

    def __init__(self, loop: loop, ref: bool = True, priority: int | None = None) -> None:
        self.loop = loop
        self._ref = ref
        self._priority = 0
        self._callback: Callable[..., object] | None = None
        self._args: tuple[object, ...] | None = None
        self.active = False
        #: What has happened, until the callback has been told.
        self._revents = 0
        if priority is not None:
            self.priority = priority

    @property
    def callback(self) -> Callable[..., object] | None:
        return self._callback

    @callback.setter
    def callback(self, callback: Callable[..., object] | None) -> None:
        if callback is not None and not callable(callback):
            raise TypeError(f"Expected callable, not {callback!r}")
        self._callback = callback

    @property
    def args(self) -> tuple[object, ...] | None:
        return self._args

    @args.setter
    def args(self, args: tuple[object, ...] | None) -> None:
        if args is not None and not isinstance(args, tuple):
            raise TypeError("args must be a tuple or None")
        self._args = args

    @property
    def priority(self) -> int:
        return self._priority

    @priority.setter
    def priority(self, priority: int) -> None:
        if self.active:
            raise AttributeError("Cannot set priority of an active watcher")
        self._priority = max(self.loop.MINPRI, min(self.loop.MAXPRI, priority))

    @property
    def ref(self) -> bool:
        return self._ref

    @ref.setter
    def ref(self, ref: bool) -> None:
        if self.active and bool(ref) != self._ref:
            self.loop.refs += 1 if ref else -1
        self._ref = bool(ref)

    @property
    def pending(self) -> bool:
        return bool(self._revents)

    def start(self, callback: Callable[..., object], *args: object) -> None:
        if callback is None:
            raise TypeError("callback must be callable, not None")
        self.callback = callback
        self.args = args
        if self.active:
            return
        self._arm()
        self.active = True
        self.loop.refs += self._ref

    def stop(self) -> None:
        self._callback = self._args = None
        self._revents = 0
        if not self.active:
            return
        self.active = False
        self.loop.refs -= self._ref
        self._disarm()

    def close(self) -> None:
        self.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def feed(self, revents: int, callback: Callable[..., object], *args: object) -> None:
        """As if it had happened."""
        self.callback = callback
        self.args = args
        self.happened(revents)

    def happened(self, revents: int) -> None:
        """The callback will be called by the loop."""
        if not self._revents:
            self.loop.pending[self._priority - self.loop.MINPRI].append(self)
        self._revents |= revents

    @bridge
    def call(self) -> None:
        """Calls back, unless it was stopped meanwhile."""
        revents, self._revents = self._revents, 0
        callback, args = self._callback, self.args
        if not revents or callback is None or args is None:
            return
        if args and args[0] is EVENTS:
            args = (revents, *args[1:])
        self._before()
        try:
            callback(*args)
        except BaseException:
            self.loop.report_error(self)
            if self.active and isinstance(self, io):
                # As upstream: otherwise the same would happen without end.
                self.stop()
        if not self.active:
            self.stop()

    def _arm(self) -> None:
        pass

    def _disarm(self) -> None:
        pass

    def _before(self) -> None:
        pass

    def __repr__(self) -> str:
        shown = " active" if self.active else ""
        shown += " pending" if self.pending else ""
        shown += f" callback={self._callback!r} args={self.args!r}" if self._callback else ""
        return f"<{type(self).__name__} at {id(self):#x}{self._format()}{shown}>"

    def _format(self) -> str:
        return ""


class io(watcher):
    """Watches a descriptor."""

    def __init__(
        self, loop: loop, fd: int, events: int, ref: bool = True, priority: int | None = None
    ) -> None:
        if fd < 0:
            raise ValueError(f"fd must be non-negative: {fd!r}")
        if events & ~(READ | WRITE):
            raise ValueError(f"illegal event mask: {events!r}")
        # Raises OSError if no file is open there.
        fcntl(fd, F_GETFD)
        self._fd = fd
        self._events = events
        watcher.__init__(self, loop, ref, priority)

    @property
    def fd(self) -> int:
        return self._fd

    @fd.setter
    def fd(self, fd: int) -> None:
        if self.active:
            raise AttributeError("'io' watcher attribute 'fd' is read-only while watcher is active")
        self._fd = fd

    @property
    def events(self) -> int:
        return self._events

    @events.setter
    def events(self, events: int) -> None:
        if self.active:
            raise AttributeError(
                "'io' watcher attribute 'events' is read-only while watcher is active"
            )
        self._events = events

    @property
    def events_str(self) -> str:
        return "|".join(n for n, bit in (("READ", READ), ("WRITE", WRITE)) if self._events & bit)

    def start(
        self, callback: Callable[..., object], *args: object, pass_events: bool = False
    ) -> None:
        if callback is None:
            raise TypeError("callback must be callable, not None")
        watcher.start(self, callback, *((EVENTS, *args) if pass_events else args))

    def _arm(self) -> None:
        self.loop.descriptors.add(self)

    def _disarm(self) -> None:
        self.loop.descriptors.remove(self)

    def _format(self) -> str:
        return f" fd={self._fd} events={self.events_str}"


class timer(watcher):
    """Waits until a time."""

    def __init__(
        self,
        loop: loop,
        after: float = 0.0,
        repeat: float = 0.0,
        ref: bool = True,
        priority: int | None = None,
    ) -> None:
        if repeat < 0.0:
            raise ValueError(f"repeat must be positive or zero: {repeat!r}")
        self._after = after
        self.repeat = repeat
        #: When it fires next, on the loop's clock, and which entry of the heap says so.
        self.at = 0.0
        self._entry = -1
        watcher.__init__(self, loop, ref, priority)

    def start(
        self, callback: Callable[..., object], *args: object, update: bool | None = None
    ) -> None:
        if update or (update is None and self.loop.starting_timer_may_update_loop_time):
            self.loop.update_now()
        watcher.start(self, callback, *args)

    def again(
        self, callback: Callable[..., object], *args: object, update: bool | None = None
    ) -> None:
        """Starts it anew, or for the first time, to fire after its repeat."""
        if update or update is None:
            self.loop.update_now()
        if self.active and not self.repeat:
            self.stop()
            return
        self.callback = callback
        self.args = args
        if self.active:
            self._set(self.repeat)
        elif self.repeat:
            after, self._after = self._after, self.repeat
            watcher.start(self, callback, *args)
            self._after = after

    def is_due(self, entry: int) -> bool:
        """Whether this entry of the heap is still its own."""
        return self.active and self._entry == entry

    def expire(self) -> None:
        """Its time has come."""
        if self.repeat:
            self._set(self.repeat)
            self.happened(1)
            return
        # As libev: it is no longer active when it calls back.
        self.active = False
        self.loop.refs -= self._ref
        self.happened(1)

    def _arm(self) -> None:
        self._set(self._after)

    def _disarm(self) -> None:
        self._entry = -1

    def _set(self, after: float) -> None:
        self.at = self.loop.now() + max(after, 0.0)
        self._entry = next(_order)
        heappush(self.loop.timers, (self.at, self._entry, self))

    def _format(self) -> str:
        return f" after={self._after} repeat={self.repeat}"


class async_(watcher):
    """Is told from elsewhere, possibly from another thread."""

    def send(self) -> None:
        if self.active:
            self.happened(1)
            self.loop.wake()

    def send_ignoring_arg(self, _ignored: object, /) -> None:
        self.send()


class signal(watcher):
    """Watches a signal."""

    def __init__(
        self, loop: loop, signalnum: int, ref: bool = True, priority: int | None = None
    ) -> None:
        if not 1 <= signalnum < delivery.native.NSIG:
            raise ValueError(f"illegal signal number: {signalnum!r}")
        self._signalnum = signalnum
        watcher.__init__(self, loop, ref, priority)

    def _arm(self) -> None:
        delivery.first[self._signalnum] = self._arrived

    def _disarm(self) -> None:
        delivery.first.pop(self._signalnum, None)

    def _arrived(self, signum: int, target: Thread) -> bool:
        self.happened(1)
        self.loop.wake()
        return False


class idle(watcher):
    """Fires when nothing else does."""

    def _arm(self) -> None:
        self.loop.idles.append(self)

    def _disarm(self) -> None:
        self.loop.idles.remove(self)


class prepare(watcher):
    """Fires before the loop waits."""

    def _arm(self) -> None:
        self.loop.prepares.append(self)

    def _disarm(self) -> None:
        self.loop.prepares.remove(self)


class check(watcher):
    """Fires after the loop has waited."""

    def _arm(self) -> None:
        self.loop.checks.append(self)

    def _disarm(self) -> None:
        self.loop.checks.remove(self)


class fork(watcher):
    """Never fires: a process in a page does not fork."""


class child(watcher):
    """Watches for the end of a child process, or of any (`pid` 0), and takes its status."""

    def __init__(self, loop: loop, pid: int, trace: int = 0, ref: bool = True) -> None:
        if not loop.default:
            raise TypeError("child watchers are only available on the default loop")
        self.pid = pid
        self.rpid = self.rstatus = 0
        watcher.__init__(self, loop, ref)

    def _arm(self) -> None:
        part("children").watch(self.pid, self._ended)

    def _disarm(self) -> None:
        part("children").unwatch(self.pid, self._ended)

    def _ended(self, pid: int, status: int) -> None:
        self.rpid, self.rstatus = pid, status
        self.happened(1)
        self.loop.wake()


class stat(watcher):
    """Watches what `os.stat` says of a path."""

    def __init__(
        self,
        loop: loop,
        path: str,
        interval: float = 0.0,
        ref: bool = True,
        priority: int | None = None,
    ) -> None:
        self.path = path
        self.interval = interval
        self.attr: stat_result | None = None
        self.prev: stat_result | None = None
        self._paths = fsencode(path)
        self._timer: timer | None = None
        watcher.__init__(self, loop, ref, priority)

    def _look(self) -> None:
        self.prev = self.attr
        try:
            self.attr = stat_path(self.path)
        except FileNotFoundError:
            self.attr = None

    def _looked(self) -> None:
        self._look()
        if self.attr != self.prev:
            self.happened(1)

    def _arm(self) -> None:
        if self.interval:
            self.interval = max(self.interval, _LEAST_STAT_INTERVAL)
        often = self.interval or _STAT_INTERVAL
        self._look()
        self._timer = timer(self.loop, often, often, False)
        self._timer.start(self._looked)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.stop()
