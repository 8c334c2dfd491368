"""Takes back what Pyodide puts over the standard library. Invariant: after it `asyncio` and `time` are CPython's own again."""
import asyncio
import time

from .sleep import sleep


def undo():
    from pyodide import webloop

    asyncio.run = webloop._orig_run
    asyncio.events._set_event_loop_policy(None)
    time.sleep = sleep
