"""The main thread of an interpreter with threads: an event loop that runs for ever and takes cells.

Invariant: the loop runs whenever no cell's code does, so that a cell's tasks live on after the
cell; an interrupt ends the cell under way, never the loop.
"""

import asyncio
import sys

from _os_kernel import deadlock, events, host
from _os_kernel.fiber import cpu


class Desk:
    """Where runs are handed in; `notebook` carries them out."""

    def __init__(self, notebook):
        self._notebook = notebook
        self._loop = None
        self._waiting = []
        self._cell = None
        events.handlers["job"] = self._take
        events.handlers["called"] = self._called
        deadlock.Watch.busy = self._busy
        deadlock.Watch.awaiting = notebook.awaiting

    def serve(self):
        """The main thread's life."""
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._call_soon = self._loop.call_soon
        self._loop.call_soon = self._call_soon_from_anywhere
        self._create_future = self._loop.create_future
        self._loop.create_future = self._create_future_for_anyone
        self._loop.call_soon(self._begin)
        while True:
            try:
                self._loop.run_forever()
            except KeyboardInterrupt as cause:
                self._interrupt(cause)
            except SystemExit:
                # Raised in a task that a cell left behind: it ended that task, as the loop reports.
                continue

    def _take(self, event):
        self._waiting.append(event.job)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._begin)

    def _begin(self):
        while self._waiting:
            job = self._waiting.pop(0)
            cell = self._notebook.run(job.source, job.filename, job.namespace)
            self._cell = self._loop.create_task(cell)
            self._cell.add_done_callback(lambda task, job=job: job.finished(_outcome(task)))

    def _busy(self):
        return bool(self._waiting) or (self._cell is not None and not self._cell.done())

    def _interrupt(self, cause):
        if self._cell is not None and not self._cell.done():
            self._notebook.interrupt(cause)

    def _call_soon_from_anywhere(self, callback, *args, context=None):
        """A settled promise calls this while the loop waits; nothing else would wake it."""
        if cpu.idle:
            host.called()
        return self._call_soon(callback, *args, context=context)

    def _create_future_for_anyone(self):
        """Code that does not name the method gets a future for a promise: JavaScript answers it."""
        future = self._create_future()
        if "create_future" not in sys._getframe(1).f_code.co_names:
            cpu.external += 1
            future.add_done_callback(_answered)
        return future

    def _called(self, event):
        self._loop.call_soon_threadsafe(_nothing)


def _answered(future):
    cpu.external -= 1


def _nothing():
    """The loop's turn is all that is wanted."""


def _outcome(task):
    # A second interrupt may come while the first is being reported.
    if task.cancelled() or task.exception() is not None:
        return "interrupted"
    return task.result()
