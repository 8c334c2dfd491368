"""Signals: `_signal` for one process.

Invariant: Python handlers run in the main thread, outside the kernel's code, in the order in which
the signals came. A signal that comes while the main thread waits ends the wait, as EINTR does.
"""

import _signal as native
from collections import deque
from sys import _getframe

from .. import machine
from ..sched import inbox
from ..seam.declare import bridge
from ..threads import thread

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import TypedDict

    #: What `signal.signal` takes; None for one that C has set.
    type Handler = Callable[[int, FrameType | None], object] | int | None

    class Wakeup(TypedDict):
        fd: int
        write: Callable[[int, bytes], int] | None
        warn: bool


SIG_DFL, SIG_IGN = native.SIG_DFL, native.SIG_IGN
NSIG = 65
#: Signals whose default action is to do nothing.
_IGNORED_BY_DEFAULT = {native.SIGCHLD, native.SIGCONT, native.SIGURG, native.SIGWINCH}

handlers: dict[int, Handler] = dict.fromkeys(range(1, NSIG), SIG_DFL)
handlers[native.SIGINT] = native.default_int_handler
handlers[native.SIGPIPE] = SIG_IGN
handlers[native.SIGXFSZ] = SIG_IGN
pending: deque[int] = deque()
#: Signals that a thread has blocked, by thread; and those held back for it meanwhile.
masks: dict[thread.Thread, frozenset[int]] = {}
held: dict[thread.Thread, set[int]] = {}
#: What comes before a signal's handler, by number: true if that is to follow.
first: dict[int, Callable[[int, thread.Thread], bool]] = {}
wakeup: Wakeup = {"fd": -1, "write": None, "warn": True}
#: What the default handler of SIGINT does; set by the notebook and by a program's run.
on_interrupt: Callable[[int, FrameType | None], object] = native.default_int_handler
#: Ends the process, which is the default action of most signals; set by the notebook and by a
#: program's run.
on_fatal: Callable[[int], object] | None = None


def name(signum: int) -> str:
    """What a signal is called: `SIGTERM`."""
    names = (name for name, value in vars(native).items() if value == signum)
    return next((name for name in names if name.startswith("SIG") and name[3] != "_"), str(signum))


def check(signum: int) -> None:
    if not 1 <= signum < NSIG:
        raise ValueError("signal number out of range")


def check_number(signum: int) -> None:
    """As the kernel checks it."""
    if not 1 <= signum < NSIG:
        raise OSError(22, "Invalid argument")


def check_wakeup_fd(fd: int) -> None:
    """As CPython checks it: a signal must not wait until somebody reads."""
    from posix import fstat, get_blocking

    fstat(fd)
    if get_blocking(fd):
        raise ValueError(f"the fd {fd} must be in non-blocking mode")


def trigger(signum: int, target: thread.Thread | None = None) -> None:
    """`signum` arrives for `target`, or for the process."""
    target = target or thread.main
    if signum in masks.get(target, ()):
        held.setdefault(target, set()).add(signum)
        wait = target.fiber and target.fiber.wait
        if wait and wait.accepts(signum):
            wait.wake()
        return
    if signum in first and not first[signum](signum, target):
        return
    handler = handlers[signum]
    if handler == SIG_IGN or (handler == SIG_DFL and signum in _IGNORED_BY_DEFAULT):
        return
    if handler == SIG_DFL:
        on_fatal(signum)
        return
    if target is not thread.main:
        simulate(signum)
        return
    _note(signum)
    machine.attend(True)
    main = thread.main.fiber
    if main is not None and main.wait is not None:
        main.wait.interrupt()
    # After that: who waits for this descriptor has been interrupted, not served (EINTR).
    _tell_wakeup_fd(signum)


def simulate(signum: int) -> None:
    """What C does when a signal has come (`trip_signal`), for the main thread.

    Without a signal of its own (`PyErr_SetInterruptEx`, one of another thread) it has no EINTR: the
    handler runs when its wait has ended by itself.
    """
    _note(signum)
    _tell_wakeup_fd(signum)
    main = thread.main.fiber
    if main is None or main.wait is None:
        machine.attend(True)
    else:
        main.wait.attend = True


def _note(signum: int) -> None:
    if signum not in pending:
        pending.append(signum)


def _tell_wakeup_fd(signum: int) -> None:
    if wakeup["fd"] == -1:
        return
    try:
        wakeup["write"](wakeup["fd"], bytes([signum]))
    except BlockingIOError as error:
        if wakeup["warn"]:
            _warn_wakeup(error)
    except OSError as error:
        _warn_wakeup(error)


def _warn_wakeup(error: OSError) -> None:
    from ..seam import unraisable

    unraisable.report(error, "Exception ignored while trying to write to the signal wakeup fd")


@bridge
def run_pending(frame: FrameType | None = None) -> None:
    """Runs the handlers of what has arrived.

    Does nothing outside the main thread. What a handler raises comes out of here. A handler gets
    the program's frame, or None where there is none, as in CPython.
    """
    if thread.current() is not thread.main:
        return
    while pending:
        signum = pending.popleft()
        if not pending:
            machine.attend(False)
        handler = handlers[signum]
        if handler is native.default_int_handler:
            handler = on_interrupt
        if callable(handler):
            if frame is None:
                frame = _caller()
            handler(signum, frame)


def _caller() -> FrameType | None:
    try:
        return _getframe(1)
    except ValueError:
        return None


inbox.handlers["signal"] = lambda arrival: trigger(arrival.number)
