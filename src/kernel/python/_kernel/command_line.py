"""A process that another has started: `python` with its arguments, until its exit status.

Invariant: the broker is told of the end once, after all that the process has written.
"""

import _signal
import atexit
import builtins
import gc
import io
import os
import posix
import sys
import types
from importlib.machinery import BuiltinImporter

from _kernel import boot, main_file, program, streams, switches, tracebacks
from _kernel.arguments import Arguments, UsageError, dedent
from _os_kernel import machine, processes, processors
from _os_kernel.files import table
from _os_kernel.proc import boot_values, calls, children, names, passing, shared_pipe
from _os_kernel.sched import cpu_time, deadlock
from _os_kernel.seam import hidden
from _os_kernel.seam.declare import kernel
from _os_kernel.signals import delivery
from _os_kernel.threads import lock, thread

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    from _kernel.page import Page
    from _os_kernel.proc.calls import Message

_SIGINT = 2


class Child:
    """Waits to be told what to run, and runs it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._begin: Message | None = None
        self._ended = False
        self._arrived = lock.allocate_lock()
        self._arrived.acquire()
        calls.heard["process.begin"] = self._told
        delivery.on_fatal = self._killed
        delivery.on_interrupt = self._put_off
        self._early = False
        deadlock.watch.busy = self._busy
        sys.displayhook = sys.__displayhook__
        sys.excepthook = sys.__excepthook__
        processes.way_out[0] = self._leave

    @kernel
    def _told(self, message: Message) -> None:
        self._begin = message
        children.begin(message)
        thread.main.native_id = message.pid
        ignored, blocked = message.command.ignored, message.command.blocked
        for signum in ignored.to_py() if ignored else ():
            delivery.handlers[signum] = delivery.SIG_IGN
        delivery.masks[thread.main] = frozenset(blocked.to_py() if blocked else ())
        posix.umask(message.command.mask)
        self._arrived.release()

    @kernel
    def _busy(self) -> bool:
        return self._begin is not None and not self._ended

    @kernel
    def _killed(self, signum: int) -> None:
        self._end(signum)

    @kernel
    def _put_off(self, signum: int, frame: FrameType | None) -> None:
        self._early = True

    def serve(self) -> None:
        """The main thread's life."""
        self._arrived.acquire()
        begin = self._begin
        assert begin is not None
        cpu_time.begin()
        command = begin.command
        argv = list(command.argv.to_py())
        os.environ.clear()
        for entry in command.environment.to_py():
            name, _, value = entry.partition("=")
            if name:
                os.environ[name] = value
        os.chdir(command.folder)
        names.begin(begin.share)
        open_inherited(begin.descriptors.to_py())
        _open_streams(self._page)
        status = self._run(argv)
        self._end(status)
        self._arrived.acquire()

    def _run(self, argv: list[str]) -> int:
        try:
            arguments = Arguments(argv)
        except UsageError as error:
            from _kernel import usage

            advice = "Try `python -h' for more information."
            print(error, usage.line(argv[0]) + advice, sep="\n", file=sys.stderr)
            return 2 << 8
        if arguments.shows:
            from _kernel import usage

            print(usage.shown(arguments, argv[0]), end="")
            return 0 if program._flush() else 120 << 8
        complaint = boot_values.complaint(arguments.extras, _environment(arguments))
        if complaint:
            print(complaint, file=sys.stderr)
            return 1 << 8
        _configure(arguments, argv)
        if arguments.form == "-" and _prompts(arguments):
            status = 0
        else:
            status = self._settle(lambda: _execute(arguments, self._start), arguments)
        if _inspects(arguments):
            status = self._settle(lambda: _converse(arguments, self._start))
        if not program._join_threads():
            status = _SIGINT
        atexit._run_exitfuncs()
        if not program._flush():
            status = 120 << 8
        program._cut_threads()
        program._forget()
        sys.modules.pop("__main__", None)
        gc.collect()
        if status != 120 << 8:
            program._flush()
        return status

    def _start(self) -> None:
        """From here on an interrupt is raised where it comes."""
        delivery.on_interrupt = _signal.default_int_handler
        machine.count_from_here()
        if self._early:
            raise KeyboardInterrupt

    def _settle(self, execute: Callable[[], object], arguments: Arguments | None = None) -> int:
        """The exit status of what `execute` does; with `arguments`, somebody may look at what is
        left of it, so that SystemExit is an exception like others.
        """
        try:
            execute()
        except SystemExit as error:
            if arguments is None or not _inspects(arguments):
                return program._exit_code(error) << 8
            uncaught = error
        except BaseException as error:
            uncaught = error
        else:
            return 0
        try:
            _report(uncaught)
            return _SIGINT if isinstance(uncaught, KeyboardInterrupt) else 1 << 8
        finally:
            uncaught = None

    def _leave(self, status: int) -> None:
        """`os._exit`: an end without any cleaning up, from any thread."""
        self._end((status & 0xFF) << 8)
        program._cut_threads()
        self._arrived.acquire()

    def _end(self, status: int) -> None:
        if self._ended:
            return
        self._ended = True
        self._page.exit(status)


def _report(error: BaseException) -> None:
    """As `PyErr_Print`."""
    streams.flush()
    colours = sys.stderr is not None and sys.stderr.isatty()
    if program.told_by_hook(error, colours=colours) or sys.stderr is None:
        return
    sys.stderr.write(tracebacks.describe(error, colours=colours)[2])
    streams.flush()


def open_inherited(descriptors: list[dict[str, Any]]) -> None:
    """Opens what the parent has passed on, each at its number."""
    wanted = {each["descriptor"]: each for each in descriptors}
    # The run's own streams are put aside, since one may be wanted at another number.
    aside = {fd: max(wanted, default=2) + 1 + fd for fd in (0, 1, 2)}
    for fd, place in aside.items():
        posix.dup2(fd, place)
        posix.close(fd)
    ends: dict[int, Any] = {}
    files: dict[int, int] = {}
    for fd, given in sorted(wanted.items()):
        if "stream" in given:
            posix.dup2(aside[given["stream"]], fd)
        elif "handle" in given:
            handle = given["handle"]
            if handle not in ends:
                ends[handle] = passing.opened(given)
            table.open(ends[handle], inheritable=True, fd=fd)
        elif given["open"] in files:
            posix.dup2(files[given["open"]], fd)
        elif (opened := passing.opened_path(given)) >= 0:
            if opened != fd:
                posix.dup2(opened, fd)
                posix.close(opened)
            files[given["open"]] = fd
    shared_pipe.begun()
    for fd in aside.values():
        posix.close(fd)


def _open_streams(page: Page) -> None:
    """`sys.stdin` and its like, as `create_stdio` of CPython's `Python/pylifecycle.c`."""
    for fd, name, errors in ((1, "stdout", "strict"), (2, "stderr", "backslashreplace")):
        stream = _output(fd, f"<{name}>", errors, page) if _is_open(fd) else None
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    stdin = None
    if _is_open(0):
        stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding="utf-8")
    sys.stdin = sys.__stdin__ = stdin


def _is_open(fd: int) -> bool:
    try:
        posix.fstat(fd)
    except OSError:
        return False
    return True


def _is_of_run(fd: int) -> bool:
    """Whether it leads to the cell, where a line is to be seen when it is printed."""
    return posix.readlink(f"/proc/self/fd/{fd}") in ("/dev/stdout", "/dev/stderr")


def _output(fd: int, name: str, errors: str, page: Page) -> io.TextIOWrapper:
    if table.own(fd) is None and (fd == 2 or _is_of_run(fd)):
        return boot._unbuffered(fd, name, errors, page)
    raw = io.FileIO(fd, "wb", closefd=False)
    raw.name = name
    stream = io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding="utf-8",
        errors=errors,
        newline="\n",
        line_buffering=fd == 2,
    )
    stream.mode = "w"  # pyright: ignore[reportAttributeAccessIssue]: as CPython does
    return stream


def _without_buffer(stream: object) -> object:
    """The same stream as `python -u` opens it: what is printed goes to the descriptor at once."""
    if not isinstance(stream, io.TextIOWrapper) or not isinstance(stream.buffer, io.BufferedWriter):
        return stream
    errors = stream.errors
    raw = stream.detach().detach()
    bare = io.TextIOWrapper(raw, encoding="utf-8", errors=errors, newline="\n", write_through=True)
    bare.mode = "w"  # pyright: ignore[reportAttributeAccessIssue]: as CPython does
    return bare


def _environment(arguments: Arguments) -> dict[str, str]:
    """The variables that this `python` takes notice of."""
    if arguments.ignores_environment:
        return {}
    unread = {"PYTHONHASHSEED"} if "R" in arguments.options else ()
    return {name: value for name, value in os.environ.items() if name not in unread}


def _prompts(arguments: Arguments) -> bool:
    """Whether somebody sits at standard input."""
    # The program may have closed its streams.
    return "i" in arguments.options or os.isatty(0)


def _inspects(arguments: Arguments) -> bool:
    """Whether statements are asked for, after the program where there is one."""
    wanted = arguments.form == "-" or "i" in arguments.options
    return _prompts(arguments) and (wanted or bool(os.environ.get("PYTHONINSPECT")))


def _converse(arguments: Arguments, start: Callable[[], None]) -> None:
    from _kernel import repl

    hidden.hide_module(repl, "bridge")
    if arguments.form == "-":
        _main_module()
        if not arguments.options & {"q", "I"} or "v" in arguments.options:
            repl.greet(names_itself="S" not in arguments.options)
    start()
    repl.run(vars(sys.modules["__main__"]), _report)


def _configure(arguments: Arguments, argv: list[str]) -> None:
    sys.argv = arguments.argv
    sys.orig_argv = argv
    for value in arguments.extra:
        name, equals, text = value.partition("=")
        sys._xoptions[name] = text if equals else True
    processors.chosen.count = _processors(arguments)
    environment = _environment(arguments)
    switches.turn(sys._xoptions, environment)
    filters = ["default"] if sys.flags.dev_mode else []
    filters += [each for each in environment.get("PYTHONWARNINGS", "").split(",") if each]
    if arguments.warnings or filters:
        import warnings

        # The later comes before the earlier.
        of_bytes = ["error::BytesWarning" if arguments.bytes > 1 else "default::BytesWarning"]
        sys.warnoptions[:] = [*filters, *arguments.warnings, *(of_bytes if arguments.bytes else ())]
        process: Any = vars(warnings)["_processoptions"]
        process(sys.warnoptions)
    prefix = sys._xoptions.get("pycache_prefix", environment.get("PYTHONPYCACHEPREFIX"))
    sys.pycache_prefix = prefix if isinstance(prefix, str) and prefix else None
    if "u" in arguments.options or environment.get("PYTHONUNBUFFERED"):
        for name in ("stdout", "stderr"):
            stream = _without_buffer(getattr(sys, name))
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    # It was an interpreter for cells, which has "" there.
    del sys.path[0]
    for folder in reversed(environment.get("PYTHONPATH", "").split(os.pathsep)):
        if folder:
            sys.path.insert(0, folder)
    if arguments.form == "":
        # Of what is given by a relative path, only `sys.argv` says so.
        arguments.source = os.path.abspath(arguments.source)
    if arguments.form == "" and main_file.has_modules(arguments.source):
        sys.path.insert(0, arguments.source)
    elif not {"I", "P"} & arguments.options:
        first = ""
        if arguments.form == "-m":
            first = os.getcwd()
        elif arguments.form == "":
            first = os.path.dirname(arguments.source)
        sys.path.insert(0, first)


def _processors(arguments: Arguments) -> int | None:
    """What the command line or the environment says of how many there are."""
    told = sys._xoptions.get("cpu_count")
    if told is None and not arguments.ignores_environment:
        told = os.environ.get("PYTHON_CPU_COUNT")
    return int(told) if isinstance(told, str) and told.isdecimal() and int(told) else None


def _execute(arguments: Arguments, start: Callable[[], None]) -> None:
    path = arguments.source
    if arguments.form == "-m" or (arguments.form == "" and main_file.has_modules(path)):
        import runpy

        run: Any = vars(runpy)["_run_module_as_main"]
        start()
        if arguments.form == "-m":
            run(path)
        else:
            run("__main__", alter_argv=False)
        return
    module = _main_module()
    if arguments.form == "":
        code = main_file.read(path, module, without_first_line="x" in arguments.options)
    else:
        if arguments.form == "-c":
            source, name = dedent(arguments.source), "<string>"
            try:
                source.encode()
            except UnicodeEncodeError:
                print("Unable to decode the command from the command line:", file=sys.stderr)
                raise
        else:
            source, name = sys.stdin.read(), "<stdin>"
            module.__file__ = name
            module.__dict__["__cached__"] = None
        code = compile(source, name, "exec", dont_inherit=True)
        _remember(code, source, name)
    start()
    exec(code, vars(module))


def _main_module() -> types.ModuleType:
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    module.__dict__["__loader__"] = BuiltinImporter
    sys.modules["__main__"] = module
    return module


def _remember(code: types.CodeType, source: str, name: str) -> None:
    """A traceback shows the lines of a program that is no file, as CPython's own does."""
    import linecache

    register: Any = vars(linecache)["_register_code"]
    register(code, source, name)


def hide() -> None:
    """Takes the frames of this module out of what a program sees of its stack."""
    program.hide()
    hidden.hide_package("_os_kernel.proc")
    own = ("arguments", "command_line", "main_file", "streams", "switches")
    for name in own:
        hidden.hide_module(sys.modules[f"_kernel.{name}"], "bridge")
