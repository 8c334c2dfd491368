"""Removes what Pyodide has put over the standard library.

Invariant: after it `asyncio` and `time` are CPython's own again, and a program finds no event loop
of Pyodide's.
"""

import asyncio
import sys
import time
from types import ModuleType, SimpleNamespace

from ..sched.sleep import sleep

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class _Numbered(Protocol):
        @property
        def js_id(self) -> int: ...


def undo() -> None:
    from pyodide import webloop

    asyncio.run = webloop._orig_run
    asyncio.events._set_event_loop_policy(None)
    time.sleep = sleep
    _forget_loop(webloop)
    _tell_of_threads()
    _make_modules_hashable()


class _Apart:
    """What Pyodide's loop and its policy derive from once `asyncio` knows nothing of them."""


def _forget_loop(webloop: ModuleType) -> None:
    asyncio._set_running_loop(None)
    # Else they are found by `asyncio.AbstractEventLoop.__subclasses__()`.
    for each in (webloop.WebLoop, webloop.WebLoopPolicy):
        each.__bases__ = (_Apart,)
    del sys.modules["pyodide.webloop"], vars(sys.modules["pyodide"])["webloop"]


def _tell_of_threads() -> None:
    """CPython asks here whether this build can start a thread (test.support.threading_helper)."""
    info = sys.__dict__["_emscripten_info"]
    fields = {
        name: getattr(info, name) for name in ("emscripten_version", "runtime", "shared_memory")
    }
    sys.__dict__["_emscripten_info"] = SimpleNamespace(**fields, pthreads=True)


def _make_modules_hashable() -> None:
    """`js` and `pyodide_js` are objects of JavaScript, and programs put modules into sets.

    Equal ones are the same object of JavaScript, whose number `js_id` is. Only the types that these
    modules have can be changed; all others of their kind become hashable with them.
    """
    importable = (vars(finder).get("jsproxies", {}) for finder in sys.meta_path)
    for module in [*sys.modules.values(), *(m for found in importable for m in found.values())]:
        if type(module).__hash__ is None:
            type(module).__hash__ = _by_number  # pyright: ignore[reportAttributeAccessIssue]


def _by_number(module: _Numbered) -> int:
    return module.js_id
