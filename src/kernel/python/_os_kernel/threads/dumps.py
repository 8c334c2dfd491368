"""`faulthandler`: dumps of what threads are doing, at once, after a time, or at a signal.

C's own walks the frames that are hidden from tracebacks, too, and its watchdog is a native thread.

Invariant: what is written has the form that Python/traceback.c of 3.14 gives it, and shows of a
stack what `traceback` would.
"""

import faulthandler as native
import posix
import sys
from contextlib import suppress
from time import monotonic

from .. import machine
from ..sched import timers
from ..seam.declare import Face
from ..signals import delivery
from . import thread

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

face = Face("faulthandler", base=native)

#: As in Python/traceback.c.
_MOST_THREADS = _MOST_FRAMES = 100
_LONGEST_NAME = 500
#: What `enable` is for, with the words of Modules/faulthandler.c.
_FAULTS = {
    delivery.native.SIGBUS: "Bus error",
    delivery.native.SIGILL: "Illegal instruction",
    delivery.native.SIGFPE: "Floating-point exception",
    delivery.native.SIGABRT: "Aborted",
    delivery.native.SIGSEGV: "Segmentation fault",
}
#: What CPython says where it knows no way to have it.
_NO_C_STACK = """\
Current thread's C stack trace (most recent call first):
  <cannot get C stack on this system>
"""
_LONGEST_TIMEOUT = 9223372036.0
#: Below these files in a stack, there is only what runs a program.
_RUNNER = __file__.partition("_os_kernel")[0] + "_kernel/"
_UNSET = object()

_registered: dict[int, tuple[int, bool, bool]] = {}
#: For each signal that `enable` watches, what handled it then.
_watched: dict[int, object] = {}
#: The watchdog, in a list of one, or of none.
_watchdogs: list[_Watchdog] = []


def _descriptor(file: object) -> int:
    """As `faulthandler_get_fileno`."""
    if file is _UNSET or file is None:
        file = getattr(sys, "stderr", _UNSET)
        if file is _UNSET:
            raise RuntimeError("unable to get sys.stderr")
        if file is None:
            raise RuntimeError("sys.stderr is None")
    if isinstance(file, int):
        if isinstance(file, bool):
            from warnings import warn

            warn("bool is used as a file descriptor", RuntimeWarning, stacklevel=2)
        if file < 0:
            raise ValueError("file is not a valid file descriptor")
        return int(file)
    fd = file.fileno()  # pyright: ignore[reportAttributeAccessIssue]: else it raises
    if not isinstance(fd, int):
        raise RuntimeError("file.fileno() is not a valid file descriptor")
    # As in C: a stream that cannot be flushed can be written to all the same.
    with suppress(Exception):
        file.flush()  # pyright: ignore[reportAttributeAccessIssue]
    return fd


def _ascii(text: str) -> str:
    """As `_Py_DumpASCII`."""
    shown = text[:_LONGEST_NAME].encode("ascii", "backslashreplace").decode()
    return shown + "..." if len(text) > _LONGEST_NAME else shown


def _stack(frame: FrameType | None) -> list[str]:
    lines = []
    while frame is not None and not frame.f_code.co_filename.startswith(_RUNNER):
        if len(lines) == _MOST_FRAMES:
            lines.append("  ...\n")
            break
        code = frame.f_code
        line = "???" if frame.f_lineno is None else frame.f_lineno
        name, file = _ascii(code.co_name), _ascii(code.co_filename)
        lines.append(f'  File "{file}", line {line} in {name}\n')
        frame = frame.f_back
    return lines or ["  <no Python frame>\n"]


def _threads(current: thread.Thread | None) -> str:
    """Every thread, the newest first; `current` is marked as the one that asks."""
    frames = sys._current_frames()
    parts = []
    for each in reversed(thread.alive.values()):
        if len(parts) == _MOST_THREADS:
            parts.append("...\n")
            break
        kind = "Current thread" if each is current else "Thread"
        name = f" [{_ascii(each.name)}]" if each.name else ""
        head = f"{kind} 0x{each.ident:016x}{name} (most recent call first):\n"
        parts.append(head + "".join(_stack(frames.get(each.ident))))
    return "\n".join(parts)


def _one(which: thread.Thread) -> str:
    stack = _stack(sys._current_frames().get(which.ident))
    return "Stack (most recent call first):\n" + "".join(stack)


def _write(fd: int, text: str) -> None:
    data = text.encode()
    # As `_Py_write_noraise`.
    with suppress(OSError):
        while data:
            data = data[posix.write(fd, data) :]


@face
def dump_traceback(file: object = _UNSET, all_threads: bool = True) -> None:
    """Dump the traceback of the current thread, or of all threads
    if all_threads is True, into file."""
    fd = _descriptor(file)
    me = thread.current()
    _write(fd, _threads(me) if all_threads else _one(me))


@face
def dump_c_stack(file: object = _UNSET) -> None:
    """Dump the C stack of the current thread."""
    _write(_descriptor(file), _NO_C_STACK)


@face
def enable(file: object = _UNSET, all_threads: bool = True, c_stack: bool = True) -> None:
    """Enable the fault handler."""
    fd = _descriptor(file)
    for signum, words in _FAULTS.items():
        _watched[signum] = delivery.handlers[signum]
        delivery.first[signum] = _on_fault(fd, words, bool(all_threads), bool(c_stack))


@face
def disable() -> bool:
    """Disable the fault handler."""
    enabled = is_enabled()
    for signum in _FAULTS:
        delivery.first.pop(signum, None)
    _watched.clear()
    return enabled


@face
def is_enabled() -> bool:
    """Check if the handler is enabled."""
    return bool(_watched)


def _on_fault(
    fd: int, words: str, all_threads: bool, c_stack: bool
) -> Callable[[int, thread.Thread], bool]:
    """Dumps once, as `faulthandler_fatal_error`. A handler that was set later is in its place."""

    def dump(signum: int, target: thread.Thread) -> bool:
        delivery.first.pop(signum, None)
        if delivery.handlers[signum] == _watched[signum]:
            stacks = _threads(target) if all_threads else _one(target)
            _write(fd, f"Fatal Python error: {words}\n\n{stacks}")
            if c_stack:
                _write(fd, "\n" + _NO_C_STACK)
        return True

    return dump


def _raise(signum: int) -> None:
    delivery.trigger(signum, thread.current())
    delivery.run_pending()


@face
def _sigsegv(release_gil: bool = False, /) -> None:
    """Raise a SIGSEGV signal."""
    _raise(delivery.native.SIGSEGV)


@face
def _sigabrt() -> None:
    """Raise a SIGABRT signal."""
    _raise(delivery.native.SIGABRT)


@face
def _sigfpe() -> None:
    """Raise a SIGFPE signal."""
    _raise(delivery.native.SIGFPE)


class _Watchdog:
    """A deadline, or one after another."""

    def __init__(self, seconds: float, repeat: bool, fd: int, leave: bool) -> None:
        self._seconds = seconds
        self._repeat = repeat
        self._fd = fd
        self._leave = leave
        self._head = _timeout(seconds)
        self._begin()

    def _begin(self) -> None:
        self._timer = timers.push(monotonic() + self._seconds, self)

    def expire(self) -> None:
        """Called by `timers`."""
        _write(self._fd, self._head + _threads(None))
        if self._leave:
            posix._exit(1)
        elif self._repeat:
            self._begin()

    def cancel(self) -> None:
        timers.cancel(self._timer)


def _timeout(seconds: float) -> str:
    """As `format_timeout`."""
    whole, micros = divmod(round(seconds * 1_000_000), 1_000_000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    fraction = f".{micros:06}" if micros else ""
    return f"Timeout ({hours}:{minute:02}:{second:02}{fraction})!\n"


@face
def dump_traceback_later(
    timeout: float, repeat: bool = False, file: object = _UNSET, exit: bool = False
) -> None:
    """Dump the traceback of all threads in timeout seconds,
    or each timeout seconds if repeat is True. If exit is True, call _exit(1) which is not safe."""
    if not isinstance(timeout, (int, float)):
        raise TypeError(f"'{type(timeout).__name__}' object cannot be interpreted as an integer")
    if timeout != timeout:
        raise ValueError("Invalid value NaN (not a number)")
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")
    if timeout >= _LONGEST_TIMEOUT:
        raise OverflowError("timeout value is too large")
    if not machine.attached:
        raise RuntimeError("unable to start watchdog thread")
    fd = _descriptor(file)
    cancel_dump_traceback_later()
    _watchdogs.append(_Watchdog(float(timeout), bool(repeat), fd, bool(exit)))


@face
def cancel_dump_traceback_later() -> None:
    """Cancel the previous call to dump_traceback_later()."""
    while _watchdogs:
        _watchdogs.pop().cancel()


def _check(signum: int) -> int:
    signum = int(signum)
    if signum in _FAULTS:
        raise RuntimeError(f"signal {signum} cannot be registered, use enable() instead")
    delivery.check(signum)
    return signum


@face
def register(
    signum: int, file: object = _UNSET, all_threads: bool = True, chain: bool = False
) -> None:
    """Register a handler for the signal 'signum': dump the traceback of
    the current thread, or of all threads if all_threads is True, into file."""
    signum = _check(signum)
    _registered[signum] = (_descriptor(file), bool(all_threads), bool(chain))
    delivery.first[signum] = _on_signal


@face
def unregister(signum: int, /) -> bool:
    """Unregister the handler of the signal 'signum' registered by register()."""
    signum = _check(signum)
    delivery.first.pop(signum, None)
    return _registered.pop(signum, None) is not None


def _on_signal(signum: int, target: thread.Thread) -> bool:
    """Dumps; true if what was to happen at the signal before happens, too."""
    fd, all_threads, chain = _registered[signum]
    _write(fd, _threads(target) if all_threads else _one(target))
    return chain
