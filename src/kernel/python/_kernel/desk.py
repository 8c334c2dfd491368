"""The main thread of an interpreter with threads: an event loop that runs for ever and takes cells.

Invariant: the loop runs whenever no cell's code does, so that tasks that a cell has started go on
after the cell. An interrupt is never lost, and it ends the cell that runs and never the loop. Where
a program's own code runs, the interrupt is raised as KeyboardInterrupt. Between the loop's own
instructions that would break the loop, so there the interrupt cancels the cell's task, as
`asyncio.Runner` does.
"""

import asyncio

from _os_kernel.files import keyboard
from _os_kernel.net import conditions
from _os_kernel.sched import deadlock, inbox
from _os_kernel.seam import late
from _os_kernel.signals import delivery

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from types import FrameType

    from _kernel.notebook import Notebook
    from _kernel.page import CellJob
    from _os_kernel.machine import JobArrival, QuestionArrival, SignalArrival


class Desk:
    """Takes cells as they come in; `notebook` runs them."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._loop: AbstractEventLoop | None = None
        self._waiting: list[CellJob] = []
        inbox.handlers["job"] = self._take
        inbox.handlers["question"] = self._asked
        inbox.handlers["signal"] = self._signalled
        delivery.on_interrupt = self._on_interrupt
        delivery.on_fatal = notebook.killed
        deadlock.watch.busy = self._busy
        deadlock.watch.awaiting = notebook.awaiting

    def serve(self) -> None:
        """The main thread's life."""
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._begin)
        while True:
            try:
                self._loop.run_forever()
            except KeyboardInterrupt as cause:
                # Raised in a task that a cell has left behind, or by a deadlock.
                self._interrupt(cause)
            except SystemExit:
                # Raised in a task that a cell has left behind. It has ended that task alone.
                continue

    def _take(self, arrival: JobArrival) -> None:
        self._waiting.append(arrival.job)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        while self._waiting:
            job = self._waiting.pop(0)
            keyboard.begin()
            conditions.of_run(job.net)
            finished = job.finished if job.recording is None else _record(job)
            self._notebook.start(job.source, job.filename, job.namespace, finished)

    def _signalled(self, arrival: SignalArrival) -> None:
        # The cell that it was meant for may have ended meanwhile, and it must not end the next.
        if self._busy():
            delivery.trigger(arrival.number)

    def _asked(self, arrival: QuestionArrival) -> None:
        self._loop.call_soon_threadsafe(self._answer, arrival)

    def _answer(self, arrival: QuestionArrival) -> None:
        arrival.answered(self._notebook.answer(arrival.asked))

    def _busy(self) -> bool:
        return bool(self._waiting) or self._notebook.running

    def _on_interrupt(self, signum: int, frame: FrameType | None) -> None:
        if deadlock.own(frame) is not None:
            delivery.native.default_int_handler(signum, frame)
        self._interrupt(KeyboardInterrupt())
        # Wakes the loop, which may be waiting in `select` and would not notice the cancellation.
        self._loop.call_soon_threadsafe(_nothing)

    def _interrupt(self, cause: KeyboardInterrupt) -> None:
        if self._busy():
            self._notebook.interrupt(cause)


def _record(job: CellJob) -> Callable[[str], object]:
    """Records what threads do from now on; answers with what is to be told how the cell ends."""
    recording = late.load(*late.RECORDING)
    recording.start(job.recording.elapsed)

    def finished(outcome: str) -> None:
        job.recording.recorded(recording.stop(outcome))
        job.finished(outcome)

    return finished


def _nothing() -> None:
    """Does nothing: calling it has woken the loop, which is all that is wanted."""
