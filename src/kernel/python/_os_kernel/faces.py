"""Puts the kernel under the names that CPython's C modules have.

Invariant: done before any module that captures these names is imported (the interpreter's own
start runs it), so the standard library above is neither reloaded nor changed.
"""

import _thread as native_thread
import os
import posix
import sys
import termios
import time
from types import FunctionType, ModuleType

from . import (
    cpu_time,
    descriptors,
    keyboard,
    select_api,
    signal_api,
    signals,
    simplequeue,
    sleep,
    sockets,
    terminal,
    thread_api,
)


def functions():
    """Every function that stands in for one of C."""
    kept = (
        *thread_api.NAMES.values(),
        *signal_api.FUNCTIONS,
        *select_api.FUNCTIONS,
        *sockets.FUNCTIONS,
        *cpu_time.FUNCTIONS,
        *keyboard.FUNCTIONS,
        *terminal.FUNCTIONS,
        sleep.sleep,
        signal_api.kill,
    )
    return [value for value in kept if isinstance(value, FunctionType)]


def install():
    for name, value in thread_api.NAMES.items():
        if isinstance(value, FunctionType):
            value.__module__ = "_thread"
        setattr(native_thread, name, value)
    _module(
        "_queue",
        simplequeue.__doc__,
        {"SimpleQueue": simplequeue.SimpleQueue, "Empty": simplequeue.Empty},
    )
    _module("_signal", signals.__doc__, signal_api.names())
    _module("select", select_api.__doc__, select_api.names())
    _module("_socket", sockets.__doc__, sockets.names())
    signals.wakeup["write"] = descriptors.write
    for function in (*cpu_time.FUNCTIONS, sleep.sleep):
        setattr(time, function.__name__, function)
    signal_api.kill.__module__ = posix.__name__
    posix.kill = os.kill = signal_api.kill
    for function in (keyboard.read, terminal.isatty):
        function.__module__ = posix.__name__
        setattr(posix, function.__name__, function)
        setattr(os, function.__name__, function)
    for function in (terminal.tcgetattr, terminal.tcsetattr):
        function.__module__ = termios.__name__
        setattr(termios, function.__name__, function)


def _module(name, doc, names):
    module = ModuleType(name, doc)
    vars(module).update(names)
    sys.modules[name] = module
    return module
