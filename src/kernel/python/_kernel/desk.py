"""The main thread of an interpreter with threads: an event loop that runs for ever and takes cells.

Invariant: the loop runs whenever no cell's code does, so that a cell's tasks live on after the
cell. An interrupt is never lost and ends the cell under way, never the loop: it is raised where a
program's own code runs, and nowhere between the loop's own instructions, where it would break it;
there it cancels the cell's task, as `asyncio.Runner` does.
"""

import asyncio

from _os_kernel.files import keyboard
from _os_kernel.sched import deadlock, inbox
from _os_kernel.signals import delivery


class Desk:
    """Where runs are handed in; `notebook` carries them out."""

    def __init__(self, notebook):
        self._notebook = notebook
        self._loop = None
        self._waiting = []
        self._cell = None
        inbox.handlers["job"] = self._take
        inbox.handlers["question"] = self._asked
        inbox.handlers["signal"] = self._signalled
        delivery.on_interrupt = self._on_interrupt
        delivery.on_fatal = notebook.killed
        deadlock.Watch.busy = self._busy
        deadlock.Watch.awaiting = notebook.awaiting

    def serve(self):
        """The main thread's life."""
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._begin)
        while True:
            try:
                self._loop.run_forever()
            except KeyboardInterrupt as cause:
                # From a task that a cell left behind, or because nothing can wake this thread.
                self._interrupt(cause)
            except SystemExit:
                # Raised in a task that a cell left behind: it ended that task, as the loop reports.
                continue

    def _take(self, arrival):
        self._waiting.append(arrival.job)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._begin)

    def _begin(self):
        while self._waiting:
            job = self._waiting.pop(0)
            keyboard.begin()
            cell = self._notebook.run(job.source, job.filename, job.namespace)
            self._cell = self._loop.create_task(cell)
            self._cell.add_done_callback(lambda task, job=job: job.finished(_outcome(task)))

    def _signalled(self, arrival):
        # The cell that it was meant for may have ended meanwhile; it must not end the next one.
        if self._busy():
            delivery.trigger(arrival.number)

    def _asked(self, arrival):
        self._loop.call_soon_threadsafe(self._answer, arrival)

    def _answer(self, arrival):
        arrival.answered(self._notebook.answer(arrival.asked))

    def _busy(self):
        return bool(self._waiting) or (self._cell is not None and not self._cell.done())

    def _on_interrupt(self, signum, frame):
        if deadlock.own(frame) is not None:
            delivery.native.default_int_handler(signum, frame)
        self._interrupt(KeyboardInterrupt())
        # The loop may stand in a select that knows nothing of what was just cancelled.
        self._loop.call_soon_threadsafe(_nothing)

    def _interrupt(self, cause):
        if self._busy():
            self._notebook.interrupt(cause)


def _nothing():
    """The loop's turn is all that is wanted."""


def _outcome(task):
    # A second interrupt may come while the first is being reported.
    if task.cancelled() or task.exception() is not None:
        return "interrupted"
    return task.result()
