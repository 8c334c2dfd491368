"""One program in an interpreter of its own, from its first line to its exit code, as `python FILE`.

Invariant: the order of the end is that of `Py_FinalizeEx`: the uncaught exception is told, threads
are joined, `atexit` runs, daemon threads are cut, what is left of `__main__` is freed; only then
is the page told of the end, once.
"""

import _signal
import atexit
import builtins
import gc
import linecache
import os
import sys
import types
from importlib.machinery import SourceFileLoader

from _kernel import streams, tracebacks
from _os_kernel import machine, processes
from _os_kernel.net import conditions
from _os_kernel.sched import deadlock, fiber, inbox, timers
from _os_kernel.seam import hidden, late, unraisable
from _os_kernel.seam.declare import kernel
from _os_kernel.signals import delivery
from _os_kernel.threads import lock

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, ModuleType

    from _kernel.page import Page, ProgramJob
    from _os_kernel.machine import JobArrival

#: What a shell adds to the number of the signal that ended a program.
_KILLED = 128


class Program:
    """Waits for one job and runs it; `page` is told what it prints and how it ends."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._job: ProgramJob | None = None
        #: `_os_kernel.sched.recording`, if the run is recorded.
        self._recording: ModuleType | None = None
        self._ended = False
        self._stopped_early = False
        self._arrived = lock.allocate_lock()
        self._arrived.acquire()
        inbox.handlers["job"] = self._take
        delivery.on_fatal = self._killed
        delivery.on_interrupt = self._put_off
        deadlock.watch.busy = self._busy
        # Pyodide and the notebook have set hooks of their own.
        sys.displayhook = sys.__displayhook__
        sys.excepthook = sys.__excepthook__
        processes.way_out[0] = self._leave

    def serve(self) -> None:
        """The main thread's life."""
        self._arrived.acquire()
        conditions.of_run(self._job.net)
        if self._job.recording is not None:
            self._recording = late.load(*late.RECORDING)
            self._recording.start(self._job.recording.elapsed)
        run = self._check if self._job.checks else self._run
        outcome, code = run(self._job.source, os.path.abspath(self._job.filename))
        _leave_others(code)
        self._end(outcome, code)
        self._arrived.acquire()

    @kernel
    def _take(self, arrival: JobArrival) -> None:
        self._job = arrival.job
        self._arrived.release()

    @kernel
    def _busy(self) -> bool:
        return self._job is not None and not self._ended

    def _main_module(self, source: str, path: str) -> ModuleType:
        return _main_module(source, path, [self._job.filename, *self._job.argv.to_py()])

    def _run(self, source: str, path: str) -> tuple[str, int]:
        module = self._main_module(source, path)
        outcome, code = self._settle(source, path, module)
        # Threads in a deadlock never end: they are not joined.
        if outcome == "deadlock" or not _join_threads():
            outcome, code = "deadlock", _KILLED + _signal.SIGINT
        atexit._run_exitfuncs()
        if not _flush():
            code = 120
        _cut_threads()
        _forget()
        del sys.modules["__main__"], module
        gc.collect()
        _flush()
        return outcome, code

    def _check(self, source: str, path: str) -> tuple[str, int]:
        """Runs checks after the program, and then nothing: the end is told without cleaning up."""
        from _kernel import checks

        hidden.hide_module(checks, "bridge")
        module = self._main_module(source, path)

        def execute() -> None:
            self._begin()
            exec(compile(source, path, "exec", dont_inherit=True), vars(module))

        hidden.hide(execute, "bridge")
        checker = checks.Checker(execute, module, self._page.check)
        finished = checker.run(self._job.checks.to_py())
        _cut_threads()
        return ("ok", 0) if finished else ("interrupted", _KILLED + _signal.SIGINT)

    @kernel
    def _put_off(self, signum: int, frame: FrameType | None) -> None:
        """An interrupt before the program's first line must not end the kernel's own code."""
        self._stopped_early = True

    def _begin(self) -> None:
        """From here on an interrupt is raised where it comes."""
        delivery.on_interrupt = _signal.default_int_handler
        if self._stopped_early:
            raise KeyboardInterrupt

    def _settle(self, source: str, path: str, module: ModuleType) -> tuple[str, int]:
        try:
            code = compile(source, path, "exec", dont_inherit=True)
            machine.count_from_here()
            self._begin()
            exec(code, vars(module))
        except SystemExit as error:
            return "exited", _exit_code(error)
        except BaseException as error:
            uncaught = error
        else:
            return "ok", 0
        # Outside the handler, so that it does not become the context of what a hook raises.
        try:
            return self._uncaught(uncaught)
        finally:
            uncaught = None

    def _uncaught(self, error: BaseException) -> tuple[str, int]:
        self._report(error)
        if isinstance(error, deadlock.Deadlock):
            return "deadlock", _KILLED + _signal.SIGINT
        if isinstance(error, KeyboardInterrupt):
            return "interrupted", _KILLED + _signal.SIGINT
        return "error", 1

    def _report(self, error: BaseException) -> None:
        """As `PyErr_Print`: calls the program's own hook; where it has none, the page is told."""
        _flush()
        if told_by_hook(error):
            return
        # Imported here because most programs have no error.
        from _kernel import hints

        name, message, text = map(streams.encodable, tracebacks.describe(error))
        hint = streams.encodable(hints.of(error))
        self._page.error(name, message, text, hint, [error])

    @kernel
    def _killed(self, signum: int) -> None:
        """The default action of a signal: an end without any cleaning up."""
        self._end("exited", _KILLED + signum)

    def _leave(self, status: int) -> None:
        """`os._exit`: an end without any cleaning up, from any thread."""
        _cut_threads()
        _leave_others(status & 0xFF)
        self._end("exited", status & 0xFF)
        self._arrived.acquire()

    def _end(self, outcome: str, code: int) -> None:
        if self._ended:
            return
        self._ended = True
        if self._recording is not None:
            self._job.recording.recorded(self._recording.stop(outcome))
        self._page.exit(code)
        self._job.finished(outcome)


def told_by_hook(error: BaseException, *, colours: bool = True) -> bool:
    """Gives an uncaught exception to the program's own hook; False if it has none, or a bad one.

    `colours` are those of what a bad hook has raised.
    """
    sys.last_exc = sys.last_value = error
    sys.last_type, sys.last_traceback = type(error), error.__traceback__
    hook = sys.excepthook
    if hook is sys.__excepthook__:
        return False
    try:
        hook(type(error), error, error.__traceback__)
    except SystemExit:
        return True
    except BaseException as second:
        print("Error in sys.excepthook:", file=sys.stderr)
        print(tracebacks.describe(second, colours=colours)[2], file=sys.stderr)
        print("Original exception was:", file=sys.stderr)
        return False
    return True


def _main_module(source: str, path: str, argv: list[str]) -> ModuleType:
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__dict__["__cached__"] = None
    module.__loader__ = SourceFileLoader("__main__", path)
    module.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = module
    sys.argv = argv
    # Until now an interpreter for cells, which has "" there.
    sys.path[0:1] = [os.path.dirname(path)]
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(source)
    except OSError, ValueError:
        # No file can have this name here; tracebacks find the lines in `linecache` all the same.
        pass
    # An entry without a time is never checked against the disk.
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    return module


def _join_threads() -> bool:
    """As `wait_for_thread_shutdown`; False if they can never end."""
    threading = sys.modules.get("threading")
    if threading is None:
        return True
    try:
        threading._shutdown()
    except deadlock.Deadlock:
        return False
    except BaseException as error:
        unraisable.report(error, "Exception ignored on threading shutdown", threading)
    return True


def _leave_others(code: int) -> None:
    """Ends the processes that this one has started, if there are any."""
    processes = sys.modules.get("_os_kernel.proc.children")
    if processes is not None:
        processes.leave(code)


def _cut_threads() -> None:
    """Ends all other threads: none is ever scheduled again, whatever it waits for."""
    fiber.ready.clear()
    timers.entries.clear()


def _forget() -> None:
    """As `finalize_modules` of CPython: drops the last exception and what could read sources."""
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        sys.__dict__.pop(name, None)
    # C imports `io` to show a line of a traceback, and shows none where it cannot.
    sys.modules["io"] = None  # pyright: ignore[reportArgumentType]: as `import` allows it


def _exit_code(error: SystemExit) -> int:
    """As `handle_system_exit` of CPython's `Python/pythonrun.c`."""
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    _flush()
    print(code, file=sys.stderr)
    return 1


def _flush() -> bool:
    """False if what the program printed last cannot be written (`flush_std_files` of CPython)."""
    good = True
    for stream in (sys.stdout, sys.stderr):
        if stream is None or getattr(stream, "closed", False):
            continue
        try:
            stream.flush()
        except Exception as error:
            if stream is sys.stdout:
                unraisable.report(error, "Exception ignored while flushing sys.stdout", None)
                good = False
    return good


def hide() -> None:
    """Takes the frames of this module and of `streams` out of what a program sees of its stack."""
    for module in (sys.modules[__name__], streams):
        hidden.hide_module(module, "bridge")
