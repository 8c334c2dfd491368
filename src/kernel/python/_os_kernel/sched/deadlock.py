"""Says so when no thread can ever run again: each thread, what it waits for, and who has it.

Invariant: it runs only when no fiber is ready, no timer is set and nothing outside may answer; it
runs no code of a program and none of the standard library.
"""

import os
import posix
import sys

from .. import machine
from ..signals import delivery
from ..threads import thread
from ..threads.handle import _ThreadHandle
from ..threads.lock import lock
from ..threads.simplequeue import SimpleQueue
from . import fiber

#: Not a signal's number: no program can send it or handle it.
_NUMBER = 0
_LIBRARY = (__file__.partition("_os_kernel")[0], os.path.dirname(os.__file__), "<frozen ")


class Deadlock(KeyboardInterrupt):
    """Raised in the main thread; ends what Stop would end."""


Deadlock.__module__ = "builtins"


class Watch:
    """What whoever runs programs has to say about the one under way."""

    #: Whether a program is under way.
    busy = staticmethod(lambda: False)
    #: The frame at which its coroutine waits, or None.
    awaiting = staticmethod(lambda: None)


def on_stall():
    """True if it made a fiber ready."""
    fiber.cpu.on_arrival()
    if fiber.ready:
        return True
    main = thread.main.fiber
    if not Watch.busy() or main is None or main.waiter is None:
        return False
    threads = [each for each in thread.alive.values() if each.fiber and each.fiber.waiter]
    # A wait for a signal is a wait for the reader, who can press Stop.
    if any(_is_for_signal(each.fiber.waiter.what) for each in threads):
        return False
    posix.write(2, _report(threads).encode(errors="backslashreplace"))
    delivery.pending.append(_NUMBER)
    machine.attend(True)
    main.waiter.interrupt()
    return True


def _raise(signum, frame):
    raise Deadlock("deadlock: no thread can ever run again")


delivery.handlers[_NUMBER] = _raise


def _is_for_signal(what):
    return what == "signal.pause" or isinstance(what, frozenset)


def _report(threads):
    frames = sys._current_frames()
    lines = ["Deadlock: every thread waits, and nothing can wake one.\n"]
    for each in threads:
        place = _place(own(frames.get(each.ident)) or _awaiting(each))
        lines.append(f"  {_name(each)} waits{place} for {_what(each, frames)}\n")
    return "".join(lines)


def _name(of):
    threading = sys.modules.get("threading")
    known = threading._active.get(of.ident) if threading else None
    return known._name if known is not None else of.name or f"thread {of.ident:#x}"


def _awaiting(of):
    return Watch.awaiting() if of is thread.main else None


def own(frame):
    """The innermost frame of the program's own code."""
    while frame is not None and frame.f_code.co_filename.startswith(_LIBRARY):
        frame = frame.f_back
    return frame


def _place(frame):
    return "" if frame is None else f" at {frame.f_code.co_filename}:{frame.f_lineno}"


def _call(frame):
    """The function of the standard library that the program called; "" for none."""
    caller = own(frame)
    if caller is None:
        return ""
    called = None
    while frame is not caller:
        called, frame = frame, frame.f_back
    return called.f_code.co_qualname if called else ""


def _what(of, frames):
    what = of.fiber.waiter.what
    frame = frames.get(of.ident)
    call = _call(frame)
    through = f" ({call})" if call else ""
    if isinstance(what, _ThreadHandle):
        other = thread.alive.get(what.ident)
        return f"the end of {_name(other) if other else 'a thread'}{through}"
    if isinstance(what, SimpleQueue):
        return f"an item of a SimpleQueue{through}"
    if not isinstance(what, lock):
        return f"{'an event' if what == 'a descriptor' else what}{through}"
    # There the thread waits for a lock of its own, which whoever notifies it gives back.
    if frame is not None and frame.f_code.co_qualname == "Condition.wait":
        return f"a notification{through or ' (Condition.wait)'}"
    return f"{'an RLock' if what._reentrant else 'a Lock'}{through} {_held(what, of, frames)}"


def _held(what, of, frames):
    holder = what._holder
    if holder is None:
        return "that no thread is known to hold"
    if holder is of:
        return "that it holds itself"
    if holder.fiber is None:
        return "held by a thread that has ended"
    return f"held by {_name(holder)}, which is{_place(own(frames.get(holder.ident)))}"
