"""Executes the program once, as `python FILE` does, and leaves nothing of it behind.

Invariant: each execution begins with one thread, no deadline, the same time, the same seed of
`random`, and a new `__main__`. Modules of the library are executed once, those beside the program
each time.
"""

import ast
import atexit
import gc
import itertools
import linecache
import sys
import threading
import traceback
import types
from importlib.machinery import ModuleSpec

from _os_kernel.sched import deadlock, fiber, timers
from _os_kernel.signals import delivery
from _os_kernel.threads import thread

from . import turns as turning

#: Runs between two collections of what has become unreachable since.
_COLLECT = 25
#: Runs between two collections of everything.
_COLLECT_ALL = 2_000


class Result:
    """How one run ended. `kind` is None if nothing failed."""

    def __init__(self, run) -> None:
        self.run = run
        self.kind: str | None = None
        #: What failed, in a few words: the exception's last line, or what the run did.
        self.what = ""
        self.stdout = ""
        self.stderr = ""
        #: The exception that left the main thread, as the page shows one.
        self.error: dict[str, str] | None = None
        self.exit: int | None = None
        #: The last line of the exception that has left a thread.
        self.errors: dict[thread.Thread, str] = {}

    def fail(self, kind: str, what: str) -> None:
        """The first failure counts."""
        if self.kind is None:
            self.kind = kind
            self.what = what


class Finder:
    """Finds the modules that stand beside the program, compiled once."""

    def __init__(self, sources) -> None:
        self.codes = {
            name: compile(text, f"{name}.py", "exec", dont_inherit=True)
            for name, text in sources.items()
        }

    def find_spec(self, name, path=None, target=None):
        if name not in self.codes:
            return None
        return ModuleSpec(name, self, origin=f"{name}.py")

    def create_module(self, spec) -> None:
        return None

    def exec_module(self, module) -> None:
        exec(self.codes[module.__name__], vars(module))


def _keep_lines(filename: str, source: str) -> None:
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)


class Refused(Exception):
    """The program does what cannot be explored; it says what."""


def _compiled(part):
    """Raises SyntaxError, and Refused for what only a cell of a notebook may do."""
    source, filename = part["source"], part["filename"]
    _keep_lines(filename, source)
    try:
        return compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError:
        compile(source, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        why = "It awaits outside a function, which only a cell of a notebook can."
        raise Refused(why) from None


class Program:
    """`order` has the program's name, source and arguments, what runs before it as a part of it,
    and the sources beside it.
    """

    def __init__(self, order, outside) -> None:
        self._order = order
        self._outside = outside
        self.filename = order["filename"]
        for name, text in order["beside"].items():
            _keep_lines(f"{name}.py", text)
        self._finder = Finder(order["beside"])
        sys.meta_path.insert(0, self._finder)
        #: Executed one after the other in one namespace. Raises SyntaxError and Refused.
        self._parts = [_compiled(part) for part in [*order["before"], order]]
        self.codes = [*self._parts, *self._finder.codes.values()]
        self.turns = turning.Turns()
        fiber.ready = self.turns
        deadlock.watch.busy = lambda: self.turns.run is not None
        self._executed = 0
        #: Threads that have not ended with their run: each keeps a stack.
        self.given_up = 0
        self._waited = fiber.cpu.waited
        gc.disable()
        gc.freeze()

    def execute(self, policy, tell=None) -> Result:
        """One run; it changes nothing that another would see."""
        limit = self._order["limit"]
        return self.carry_out(turning.Run(policy, limit, self._outside.pass_time, tell))

    def carry_out(self, run) -> Result:
        outside = self._outside
        self._executed += 1
        module = types.ModuleType("__main__")
        module.__file__ = self.filename
        sys.modules["__main__"] = module
        sys.argv = [self.filename, *self._order["argv"]]
        threading._counter = itertools.count(1).__next__
        if "concurrent.futures.thread" in sys.modules:
            pools = sys.modules["concurrent.futures.thread"].ThreadPoolExecutor
            pools._counter = itertools.count().__next__
        if "random" in sys.modules:
            sys.modules["random"].seed(0)
        outside.printed()
        outside.restart()
        fiber.cpu.waited = self._waited
        result = Result(run)
        run.begin(module, result)
        threading.excepthook = self._hook(result)
        self.turns.run = run
        try:
            self._main(module, result)
            # What waits for ever is not joined.
            if result.kind not in ("deadlock", "livelock"):
                self._join(result)
            run.over()
        finally:
            self.turns.run = None
            threading.excepthook = threading.__excepthook__
        sys.stdout.flush()
        sys.stderr.flush()
        result.stdout, result.stderr = outside.printed()
        self._clear(module)
        return result

    def _hook(self, result):
        def excepthook(args) -> None:
            if args.exc_type is SystemExit:
                return
            if args.exc_type is turning.Endless:
                result.fail("livelock", self._endless())
                return
            threading.__excepthook__(args)
            result.errors[thread.current()] = _last_line(args.exc_value)
            name = args.thread.name if args.thread is not None else "a thread"
            result.fail(args.exc_type.__name__, f"{_last_line(args.exc_value)}, in {name}")

        return excepthook

    def _endless(self) -> str:
        return f"the run did not end within {self._order['limit']} points"

    def _main(self, module, result) -> None:
        try:
            for part in self._parts:
                exec(part, vars(module))
        except SystemExit as error:
            result.exit = error.code if type(error.code) is int else int(error.code is not None)
            if error.code not in (None, 0):
                result.fail("exit", f"the program exits with {error.code!r}")
        except deadlock.Deadlock:
            result.fail("deadlock", "every thread waits, and nothing can wake one")
        except turning.Endless:
            result.fail("livelock", self._endless())
        except BaseException as error:
            told = "".join(traceback.format_exception(error))
            sys.stderr.write(told)
            result.errors[thread.main] = _last_line(error)
            names = _last_line(error).partition(": ")
            result.error = {"name": names[0], "message": str(error), "traceback": told}
            result.fail(type(error).__name__, f"{_last_line(error)}, in MainThread")

    def _join(self, result) -> None:
        """As `threading._shutdown`, which works only once."""
        try:
            for call in reversed(threading._threading_atexits):
                call()
            threading._thread_shutdown()
            atexit._run_exitfuncs()
        except deadlock.Deadlock:
            result.fail("deadlock", "every thread waits, and nothing can wake one")
        except turning.Endless:
            result.fail("livelock", self._endless())
        futures = sys.modules.get("concurrent.futures.thread")
        if futures is not None:
            futures._shutdown = False

    def _clear(self, module) -> None:
        left = [each for each in thread.alive.values() if each is not thread.main]
        if left:
            self._end(left)
            self.turns.clear()
            _forget_threads()
        timers.entries.clear()
        delivery.pending.clear()
        for name in self._finder.codes:
            sys.modules.pop(name, None)
        vars(module).clear()
        if self._executed % _COLLECT_ALL == 0:
            gc.collect()
        elif self._executed % _COLLECT == 0:
            gc.collect(0)


    def _end(self, left) -> None:
        """Ends threads that wait for ever, and daemons."""
        self.turns.clear()
        unwinding = self.turns.run = turning.Unwinding()
        try:
            for each in left:
                # One that has a job has not begun.
                if each.fiber is not None and each.fiber.job is None:
                    unwinding.end(each.fiber)
        finally:
            self.turns.run = None
        for each in left:
            if thread.alive.get(each.ident) is each:
                self.given_up += _give_up(each)


def _forget_threads() -> None:
    """Takes threads that were given up out of what the library knows of them."""
    threading._active = {threading.get_ident(): threading._main_thread}
    threading._limbo.clear()
    futures = sys.modules.get("concurrent.futures.thread")
    if futures is not None:
        futures._threads_queues.clear()
        futures._global_shutdown_lock = threading.Lock()
    logging = sys.modules.get("logging")
    if logging is not None:
        logging._lock = threading.RLock()


def _give_up(each) -> bool:
    """Takes back a thread that has not begun or does not end; whether its stack stays."""
    stack = each.fiber
    thread.alive.pop(each.ident, None)
    each.fiber = None
    if stack is None:
        return False
    if stack.job is not None:
        fiber.discard(stack)
        return False
    fiber.abandon(stack)
    return True


def _last_line(error) -> str:
    return traceback.format_exception_only(error)[-1].strip()


def outcome(result, usual: str | None) -> tuple[str, str] | None:
    """What failed, as `(kind, words)`, or None. `usual` is what a run must print, if it counts."""
    if result.kind is not None:
        return result.kind, result.what
    if usual is not None and result.stdout != usual:
        return "output", "it prints something else than the plain run"
    return None
