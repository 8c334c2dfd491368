"""Reports a deadlock: for each thread, what it waits for and which thread holds that.

Invariant: it runs only when no fiber is ready, no deadline is set and no answer from outside may
come. It calls no code of a program and none of the standard library.
"""

import os
import posix

from .. import machine
from ..signals import delivery
from ..threads import thread
from . import fiber

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from ..threads.thread import Thread
    from .wait import Wait

#: Stands among the pending signals. It is no signal's number: no program can send or handle it.
NUMBER = 0
_LIBRARY = (__file__.partition("_os_kernel")[0], os.path.dirname(os.__file__), "<frozen ")


class Deadlock(KeyboardInterrupt):
    """Raised in the main thread. It ends what a press on Stop would end."""


Deadlock.__module__ = "builtins"


class Watch:
    """What the deadlock report asks of the notebook or the program that runs; they set these."""

    def __init__(self) -> None:
        #: Whether a cell or a program is running.
        self.busy: Callable[[], bool] = lambda: False
        #: The frame at which the cell's coroutine awaits, or None.
        self.awaiting: Callable[[], FrameType | None] = lambda: None


watch = Watch()


def on_stall() -> bool:
    """True if it made a fiber ready."""
    fiber.cpu.on_arrival()
    if fiber.ready:
        return True
    main = thread.main.fiber
    if not watch.busy() or main is None or main.wait is None:
        return False
    threads = [each for each in thread.alive.values() if _wait(each)]
    # The reader can send a signal by pressing Stop.
    if any(_wait(each).is_for_signal for each in threads):
        return False
    # So can a request, to a server that waits for one.
    if any(_wait(each).is_external for each in threads):
        return False
    posix.write(2, _report(threads).encode(errors="backslashreplace"))
    delivery.pending.append(NUMBER)
    machine.attend(True)
    main.wait.interrupt()
    return True


def _raise(signum: int, frame: FrameType | None) -> None:
    raise Deadlock("deadlock: no thread can ever run again")


delivery.handlers[NUMBER] = _raise


def _wait(of: Thread) -> Wait | None:
    """What the thread waits for, in the fiber that is its current one; None if it does not."""
    return of.fiber.wait if of.fiber is not None else None


def _frame(of: Thread) -> FrameType | None:
    """Where it does."""
    wait = _wait(of)
    return None if wait is None else wait.frame


def _report(threads: list[Thread]) -> str:
    lines = ["Deadlock: every thread waits, and nothing can wake one.\n"]
    for each in threads:
        place = _place(own(_frame(each)) or _awaiting(each))
        lines.append(f"  {thread.name_of(each)} waits{place} for {_thing(each)}\n")
    return "".join(lines)


def _awaiting(of: Thread) -> FrameType | None:
    return watch.awaiting() if of is thread.main else None


def own(frame: FrameType | None) -> FrameType | None:
    """The innermost frame of the program's own code."""
    while frame is not None and frame.f_code.co_filename.startswith(_LIBRARY):
        frame = frame.f_back
    return frame


def _place(frame: FrameType | None) -> str:
    return "" if frame is None else f" at {frame.f_code.co_filename}:{frame.f_lineno}"


def _call(frame: FrameType | None) -> str:
    """The function of the standard library that the program called; "" for none."""
    caller = own(frame)
    if caller is None:
        return ""
    called = None
    while frame is not caller:
        called, frame = frame, frame.f_back
    return called.f_code.co_qualname if called else ""


def _thing(of: Thread) -> str:
    wait = _wait(of)
    call = _call(wait.frame)
    through = f" ({call})" if call else ""
    if not wait.can_be_held:
        return wait.thing + through
    # There the thread waits for a lock of its own, which is released by whoever notifies it.
    if wait.frame is not None and wait.frame.f_code.co_qualname == "Condition.wait":
        return f"a notification{through or ' (Condition.wait)'}"
    return f"{wait.thing}{through} {_held(wait.holder, of)}"


def _held(holder: Thread | None, of: Thread) -> str:
    if holder is None:
        return "that no thread is known to hold"
    if holder is of:
        return "that it holds itself"
    if holder.fiber is None:
        return "held by a thread that has ended"
    return f"held by {thread.name_of(holder)}, which is{_place(own(_frame(holder)))}"
