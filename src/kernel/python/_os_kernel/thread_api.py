"""The functions of `_thread`.

Invariant: each checks its arguments and raises as Modules/_threadmodule.c of 3.14 does.
"""

from types import MappingProxyType

from . import signals, thread
from .handle import _ThreadHandle, make_thread_handle
from .lock import TIMEOUT_MAX, allocate_lock, lock
from .rlock import RLock

#: Bytes, as Linux has it: shorter names are kept whole.
_NAME_MAXLEN = 15
#: Remembered and otherwise without effect: every stack is as large as the browser lets it be.
_stack_size = {"bytes": 0}


_NO_KEYWORDS = MappingProxyType({})


def start_joinable_thread(function, handle=None, daemon=True):
    """*For internal use only*: start a new thread."""
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    elif not isinstance(handle, _ThreadHandle):
        raise TypeError("'handle' must be a _ThreadHandle")
    thread.start(function, (), {}, handle, daemon)
    return handle


def start_new_thread(function, args, kwargs=_NO_KEYWORDS, /):
    """Start a new thread and return its identifier."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if kwargs is not _NO_KEYWORDS and not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    return thread.start(function, args, kwargs, _ThreadHandle(), True).ident


def exit():
    """This is synonymous to ``raise SystemExit''."""
    raise SystemExit


def interrupt_main(signum=signals.native.SIGINT, /):
    """Simulate the arrival of the given signal in the main thread."""
    signals.check(signum)
    if signals.handlers[signum] not in (signals.SIG_DFL, signals.SIG_IGN):
        signals.trigger(signum)
        signals.run_pending()


def _count():
    """Return the number of currently running Python threads, excluding the main thread."""
    return len(thread.alive) - 1


def stack_size(size=0, /):
    """Return the thread stack size used when creating new threads."""
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if 0 < size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    previous = _stack_size["bytes"]
    _stack_size["bytes"] = size
    return previous


def set_name(name):
    """Set the name of the current thread."""
    encoded = name.encode("utf-8", "replace").split(b"\0", 1)[0]
    thread.current().name = encoded[:_NAME_MAXLEN].decode("utf-8", "surrogateescape")


def _get_name():
    """Get the name of the current thread."""
    return thread.current().name


def _shutdown():
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


def daemon_threads_allowed():
    """Return True if daemon threads are allowed in the current interpreter, and False otherwise."""
    return True


def _get_main_thread_ident():
    """Internal only. Return the ident of the main thread."""
    return thread.main.ident


NAMES = {
    "start_joinable_thread": start_joinable_thread,
    "start_new_thread": start_new_thread,
    "start_new": start_new_thread,
    "exit": exit,
    "exit_thread": exit,
    "interrupt_main": interrupt_main,
    "get_ident": thread.get_ident,
    "get_native_id": thread.get_native_id,
    "_count": _count,
    "stack_size": stack_size,
    "set_name": set_name,
    "_get_name": _get_name,
    "_NAME_MAXLEN": _NAME_MAXLEN,
    "_shutdown": _shutdown,
    "daemon_threads_allowed": daemon_threads_allowed,
    "_get_main_thread_ident": _get_main_thread_ident,
    "_make_thread_handle": make_thread_handle,
    "_ThreadHandle": _ThreadHandle,
    "allocate_lock": allocate_lock,
    "allocate": allocate_lock,
    "lock": lock,
    "LockType": lock,
    "RLock": RLock,
    "TIMEOUT_MAX": TIMEOUT_MAX,
}
