"""Removes what Pyodide has put over the standard library.

Invariant: after it `asyncio` and `time` are CPython's own again.
"""

import asyncio
import sys
import time
from types import SimpleNamespace

from ..sched.sleep import sleep


def undo():
    from pyodide import webloop

    asyncio.run = webloop._orig_run
    asyncio.events._set_event_loop_policy(None)
    time.sleep = sleep
    _tell_of_threads()


def _tell_of_threads():
    """CPython asks here whether this build can start a thread (test.support.threading_helper)."""
    info = sys._emscripten_info
    fields = {
        name: getattr(info, name) for name in ("emscripten_version", "runtime", "shared_memory")
    }
    sys._emscripten_info = SimpleNamespace(**fields, pthreads=True)
