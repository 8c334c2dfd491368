"""Promises of JavaScript, awaited or waited for by Python.

Invariant: JavaScript is to Python as another thread is. What it settles reaches a loop only by
`call_soon_threadsafe`, and a thread only by ending its wait. Until then, waiting for it is no
deadlock.
"""

from weakref import WeakKeyDictionary, ref

from .. import machine
from ..sched import fiber, inbox
from ..sched.wait import INTERRUPTED, Wait
from ..signals import delivery

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Callable, Generator
    from typing import Protocol

    class _Promise(Protocol):
        """A promise of JavaScript, as Pyodide's proxy of it."""

        def then(self, resolved: object, rejected: object, /) -> object: ...
        def __await__(self) -> Generator[Future[object]]: ...


#: For each future that JavaScript will settle, the object that it calls to do so.
_answers: WeakKeyDictionary[Future[object], _Answer] = WeakKeyDictionary()


class PromiseWait(Wait):
    """Waits until JavaScript has settled the promise `object`."""

    __slots__ = ()
    thing = "a promise"


class _Answer:
    """Settles one future. JavaScript calls its methods between two fibers."""

    __slots__ = ("_future", "_open", "settled", "wait")

    def __init__(self, future: Future[object]) -> None:
        self._future = ref(future)
        self._open = True
        #: What settles a future, once the answer has come.
        self.settled: Callable[[Future[object]], object] | None = None
        #: The wait of the thread that stands in `run_sync`.
        self.wait: PromiseWait | None = None
        fiber.cpu.external += 1
        future.add_done_callback(self._close)

    def _close(self, future: Future[object] | None = None) -> None:
        if self._open:
            self._open = False
            fiber.cpu.external -= 1

    def set_result(self, value: object) -> None:
        self._hand_over(lambda future: future.set_result(value))

    def set_exception(self, error: object) -> None:
        if not isinstance(error, BaseException):
            error = RuntimeError(f"a promise was rejected with {error!r}")
        self._hand_over(lambda future: future.set_exception(error))

    def _hand_over(self, settle: Callable[[Future[object]], object]) -> None:
        self._close()
        self.settled = settle
        future = self._future()
        if future is None:
            return
        if self.wait is not None:
            self.wait.wake()
        loop = future.get_loop()
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, future, settle)
        machine.called()


def _settle(future: Future[object], settle: Callable[[Future[object]], object]) -> None:
    if not future.done():
        settle(future)


def resolvers(future: Future[object]) -> tuple[Callable[[object], None], Callable[[object], None]]:
    """The two functions by which JavaScript settles `future`."""
    answer = _answers[future] = _Answer(future)
    return answer.set_result, answer.set_exception


def run_sync(promise: Future[object] | _Promise) -> object:
    """Blocks the calling thread, and no other, until JavaScript has settled its promise.

    A future of Python's own must be awaited instead: waiting here would block its loop, too.
    """
    # One, or it becomes one.
    future: Future[object] = promise  # pyright: ignore[reportAssignmentType]
    if hasattr(promise, "then"):
        # The promise that a call returns is a future already; one that was read from a
        # variable of JavaScript becomes one here.
        future = next(promise.__await__())
        future._asyncio_future_blocking = False
    answer = _answers.get(future)
    if answer is None:
        raise TypeError("run_sync() waits for a JavaScript promise; await what is Python's own")
    while answer.settled is None and not future.done():
        answer.wait = PromiseWait(promise)
        if answer.wait.block() == INTERRUPTED:
            delivery.run_pending()
    if answer.settled is not None:
        _settle(future, answer.settled)
    return future.result()


def install() -> None:
    """Replaces Pyodide's functions, which would settle a future without waking its loop."""
    import pyodide.ffi
    from _pyodide import _future_helper

    # C holds the function object itself, so its code is replaced.
    _future_helper.get_future_resolvers.__code__ = _resolvers.__code__
    pyodide.ffi.__dict__["run_sync"] = run_sync


def _resolvers(future: Future[object]) -> object:
    from _os_kernel.seam import promises

    return promises.resolvers(future)


inbox.handlers["called"] = lambda arrival: None
