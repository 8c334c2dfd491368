"""The functions of `_signal`.

Invariant: each checks its arguments and raises as Modules/signalmodule.c of 3.14 does.
"""

from operator import index
from time import monotonic

from .. import processes
from ..sched import timers
from ..sched.wait import INTERRUPTED, TIMED_OUT, Wait
from ..seam.declare import Face
from ..threads import thread
from . import delivery
from .delivery import SIG_DFL, SIG_IGN, check, handlers, held, masks, native

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import SupportsIndex

face = Face("_signal", base=native)
posix_face = Face("posix", also=("os",))
face.give(NSIG=delivery.NSIG, SIGCLD=native.SIGCHLD, SIGSTKFLT=16)

SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = native.SIG_BLOCK, native.SIG_UNBLOCK, native.SIG_SETMASK


class PauseWait(Wait):
    """Waits for any signal that has a handler."""

    __slots__ = ()
    thing = "signal.pause"
    is_for_signal = True


class SignalWait(Wait):
    """Waits for one of the signals `object`, which the thread has blocked."""

    __slots__ = ()
    object: frozenset[int]
    thing = "a signal"
    is_for_signal = True

    def accepts(self, signum: int) -> bool:
        return signum in self.object


@face
def signal(signalnum: int, handler: delivery.Handler, /) -> delivery.Handler:
    """Set the action for the given signal."""
    signalnum = int(signalnum)
    if thread.current() is not thread.main:
        raise ValueError("signal only works in main thread of the main interpreter")
    check(signalnum)
    if handler != SIG_DFL and handler != SIG_IGN and not callable(handler):
        raise TypeError(
            "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"
        )
    if signalnum in (native.SIGKILL, native.SIGSTOP):
        raise OSError(22, "Invalid argument")
    delivery.run_pending()
    previous = handlers[signalnum]
    handlers[signalnum] = handler
    return previous


@face
def getsignal(signalnum: int, /) -> delivery.Handler:
    """Return the current action for the given signal."""
    check(signalnum)
    return handlers[signalnum]


@face
def raise_signal(signalnum: int, /) -> None:
    """Send a signal to the executing process."""
    delivery.check_number(signalnum)
    delivery.trigger(signalnum, thread.current())
    delivery.run_pending()


@face
def pthread_kill(thread_id: int, signalnum: int, /) -> None:
    """Send a signal to a thread."""
    target = thread.alive.get(thread_id)
    if target is None:
        raise ProcessLookupError(3, "No such process")
    if signalnum == 0:
        return
    delivery.check_number(signalnum)
    delivery.trigger(signalnum, target)
    delivery.run_pending()


@posix_face
def kill(pid: SupportsIndex, signalnum: SupportsIndex, /) -> None:
    """Kill a process with a signal."""
    pid, signalnum = index(pid), index(signalnum)
    if pid != processes.identity.pid and processes.has_relatives():
        processes.part("children").kill(pid, signalnum)
    elif pid not in (0, processes.identity.pid):
        raise ProcessLookupError(3, "No such process")
    elif signalnum:
        delivery.check_number(signalnum)
        delivery.trigger(signalnum)
    delivery.run_pending()


@face
def pause() -> None:
    """Wait until a signal arrives."""
    while PauseWait(None).block() != INTERRUPTED:
        pass
    delivery.run_pending()


@face
def set_wakeup_fd(fd: int, /, *, warn_on_full_buffer: bool = True) -> int:
    """Sets the fd to be written to (with the signal number) when a signal comes in."""
    if thread.current() is not thread.main:
        raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")
    if fd != -1:
        delivery.check_wakeup_fd(fd)
    previous = delivery.wakeup["fd"]
    delivery.wakeup.update(fd=fd, warn=bool(warn_on_full_buffer))
    return previous


@face
def siginterrupt(signalnum: int, flag: bool, /) -> None:
    """Change system call restart behaviour. Here a signal ends a wait, whatever the flag."""
    check(signalnum)


@face
def pthread_sigmask(how: int, mask: Iterable[int], /) -> set[int]:
    """Fetch and/or change the signal mask of the calling thread."""
    me = thread.current()
    mask = _set(mask)
    before = masks.get(me, frozenset())
    if how == SIG_BLOCK:
        now = before | mask
    elif how == SIG_UNBLOCK:
        now = before - mask
    elif how == SIG_SETMASK:
        now = mask
    else:
        raise OSError(22, "Invalid argument")
    masks[me] = frozenset(now) - {native.SIGKILL, native.SIGSTOP}
    for signum in sorted(held.get(me, set()) - masks[me]):
        held[me].discard(signum)
        delivery.trigger(signum, me)
    delivery.run_pending()
    return set(before)


def _set(mask: Iterable[int]) -> frozenset[int]:
    result = set()
    for signum in mask:
        if not 1 <= signum < delivery.NSIG:
            raise ValueError(f"signal number {signum} out of range [1; {delivery.NSIG - 1}]")
        result.add(int(signum))
    return frozenset(result)


@face
def sigpending() -> set[int]:
    """Examine pending signals."""
    return set(held.get(thread.current(), ()))


def _await_signal(mask: Iterable[int], deadline: float | None) -> int | None:
    me = thread.current()
    mask = _set(mask)
    while True:
        arrived = sorted(held.get(me, set()) & mask)
        if arrived:
            held[me].discard(arrived[0])
            return arrived[0]
        state = SignalWait(mask).block(deadline)
        if state == TIMED_OUT:
            return None
        if state == INTERRUPTED:
            delivery.run_pending()


@face
def sigwait(sigset: Iterable[int], /) -> int | None:
    """Wait for a signal."""
    return _await_signal(sigset, None)


@face
def sigwaitinfo(sigset: Iterable[int], /) -> native.struct_siginfo:
    """Wait synchronously until one of the signals in *sigset* is delivered."""
    return _info(_await_signal(sigset, None))


@face
def sigtimedwait(sigset: Iterable[int], timeout: float, /) -> native.struct_siginfo | None:
    """Like sigwaitinfo(), but with a timeout."""
    if timeout < 0:
        raise ValueError("timeout must be non-negative")
    arrived = _await_signal(sigset, monotonic() + timeout)
    return None if arrived is None else _info(arrived)


def _info(signum: int | None) -> native.struct_siginfo:
    import posix

    return native.struct_siginfo((signum, 0, 0, posix.getpid(), 0, 0, 0))


@face
def valid_signals() -> set[int]:
    """Return a set of valid signal numbers on this platform."""
    return set(range(1, delivery.NSIG)) - {32, 33}


class _Itimer:
    """An interval timer, which sends `signum` whenever its time has come."""

    def __init__(self, signum: int) -> None:
        self.signum = signum
        self.entry: timers.Entry | None = None
        self.deadline = 0.0
        self.interval = 0.0

    def set(self, seconds: float, interval: float) -> None:
        if self.entry is not None:
            timers.cancel(self.entry)
            self.entry = None
        self.interval = interval
        if seconds:
            self._arm(monotonic() + seconds)

    def _arm(self, deadline: float) -> None:
        self.deadline = deadline
        self.entry = timers.push(deadline, self)

    def get(self) -> tuple[float, float]:
        if self.entry is None:
            return (0.0, 0.0)
        return (max(self.deadline - monotonic(), 1e-6), self.interval)

    def expire(self) -> None:
        self.entry = None
        if self.interval:
            self._arm(max(self.deadline + self.interval, monotonic()))
        delivery.trigger(self.signum)


_itimers = {
    native.ITIMER_REAL: _Itimer(native.SIGALRM),
    native.ITIMER_VIRTUAL: _Itimer(native.SIGVTALRM),
    native.ITIMER_PROF: _Itimer(native.SIGPROF),
}


@face
def setitimer(which: int, seconds: float, interval: float = 0.0, /) -> tuple[float, float]:
    """Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF)."""
    if which not in _itimers or seconds < 0 or interval < 0:
        raise native.ItimerError(22, "Invalid argument")
    previous = _itimers[which].get()
    _itimers[which].set(float(seconds), float(interval))
    return previous


@face
def getitimer(which: int, /) -> tuple[float, float]:
    """Returns current value of given itimer."""
    if which not in _itimers:
        raise native.ItimerError(22, "Invalid argument")
    return _itimers[which].get()


@face
def alarm(seconds: int, /) -> int:
    """Arrange for SIGALRM to arrive after the given number of seconds."""
    left, _ = _itimers[native.ITIMER_REAL].get()
    _itimers[native.ITIMER_REAL].set(float(int(seconds)), 0.0)
    return int(left + 0.999999) if left else 0
