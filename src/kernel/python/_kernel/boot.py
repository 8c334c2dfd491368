"""Prepares a fresh interpreter for readers, once, before any of their code runs."""

import asyncio
import asyncio.runners
import io
import os
import sys

from _kernel.desk import Desk
from _kernel.notebook import Notebook


class _Terminal(io.FileIO):
    """A standard stream's file, whose flush is told to the page."""

    def __init__(self, fd, name, host):
        super().__init__(fd, "wb", closefd=False)
        self.name = name
        self._host = host

    def flush(self):
        super().flush()
        self._host.flush()


def _unbuffered(fd, name, errors, host):
    """A text stream as `python -u` makes it, so that stdout and stderr reach the page in order.

    As in `create_stdio` of CPython's `Python/pylifecycle.c`.
    """
    raw = _Terminal(fd, name, host)
    stream = io.TextIOWrapper(
        raw, encoding="utf-8", errors=errors, newline="\n", write_through=True
    )
    stream.mode = "w"
    return stream


#: Where Pyodide puts the standard library, at first only what a start imports.
archive = os.path.dirname(os.path.dirname(__file__))


def look_again():
    """The archive has changed: the next import reads its directory anew."""
    sys.path_importer_cache[archive].invalidate_caches()


def boot(host):
    """The notebook of this interpreter; `host` is told results, errors and exits."""
    sys.stdout = sys.__stdout__ = _unbuffered(1, "<stdout>", "strict", host)
    sys.stderr = sys.__stderr__ = _unbuffered(2, "<stderr>", "backslashreplace", host)
    # Pyodide replaces it by one that accepts a running loop when it can suspend the stack.
    asyncio.run = asyncio.runners.run
    return Notebook(host)


def open_desk(notebook, machine, interrupt_signal):
    """Gives this interpreter threads; answers with its first fiber and with what runs each.

    `machine` is src/kernel/fibers/host.ts; `interrupt_signal` the signal its interrupt buffer
    names.
    """
    import _os_kernel
    from _os_kernel import fiber, jobs

    _os_kernel.attach(machine, interrupt_signal)
    desk = Desk(notebook)
    return jobs.boot(desk.serve), fiber.entry


def open_program(host, machine, interrupt_signal):
    """As `open_desk`, for an interpreter that runs one program and no cells."""
    import _os_kernel
    from _os_kernel import fiber, jobs

    _os_kernel.attach(machine, interrupt_signal)
    from _kernel import program

    program.hide()
    return jobs.boot(program.Program(host).serve), fiber.entry
