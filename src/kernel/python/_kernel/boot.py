"""Prepares a fresh interpreter for readers, once, before any of their code runs."""

import asyncio
import asyncio.runners
import io
import os
import sys

from _kernel.desk import Desk
from _kernel.notebook import Notebook

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from _kernel.page import Page
    from _os_kernel.machine import Octets


class _Terminal(io.FileIO):
    """A standard stream's file, whose flush is told to the page."""

    def __init__(self, fd: int, name: str, page: Page) -> None:
        super().__init__(fd, "wb", closefd=False)
        self.name = name
        self._page = page

    def flush(self) -> None:
        super().flush()
        self._page.flush()


def _unbuffered(fd: int, name: str, errors: str, page: Page) -> io.TextIOWrapper:
    """A text stream as `python -u` makes it, so that stdout and stderr reach the page in order.

    As in `create_stdio` of CPython's `Python/pylifecycle.c`.
    """
    raw = _Terminal(fd, name, page)
    stream = io.TextIOWrapper(
        raw, encoding="utf-8", errors=errors, newline="\n", write_through=True
    )
    stream.mode = "w"  # pyright: ignore[reportAttributeAccessIssue]: as CPython does
    return stream


#: The modules whose frames a cell would see below its own.
_BELOW_CELLS = ("cell_coroutine", "desk", "notebook", "results", "streams")
#: Where Pyodide puts the standard library, at first only what a start imports.
archive = os.path.dirname(os.path.dirname(__file__))


def look_again() -> None:
    """The archive has changed: the next import reads its directory anew."""
    importer: Any = sys.path_importer_cache[archive]
    importer.invalidate_caches()


def missing_packages(names: str, source: str | None) -> str:
    """The distributions that are not in place of `names`, of those that `source` imports, and of
    all that these require; names with spaces between.
    """
    from _os_kernel.packages import finder, index

    wanted = names.split()
    if source is not None:
        for module in imported(source):
            wanted += index.providers(module)
    return " ".join(finder.the_store().missing(index.with_requirements(wanted)))


def imported(source: str) -> list[str]:
    """The modules that `source` imports, as far as reading it tells; none if it is no Python."""
    import ast

    try:
        tree = ast.parse(source, type_comments=False)
    except SyntaxError, ValueError, RecursionError, MemoryError:
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return found


def store_package(name: str, content: Octets) -> None:
    """Puts a distribution in place; what is wrong with it is told when it is imported."""
    from _os_kernel.packages import finder

    finder.the_store().store(name, content.to_bytes())


def boot(page: Page, descriptors: object) -> Notebook:
    """The notebook of this interpreter; `page` is told results, errors and exits.

    `descriptors` are the operations of src/kernel/machine/descriptors.ts.
    """
    import _os_kernel

    _os_kernel.attach_descriptors(descriptors)
    sys.stdout = sys.__stdout__ = _unbuffered(1, "<stdout>", "strict", page)
    sys.stderr = sys.__stderr__ = _unbuffered(2, "<stderr>", "backslashreplace", page)
    # Pyodide replaces it by one that accepts a running loop when it can suspend the stack.
    asyncio.run = asyncio.runners.run
    return Notebook(page)


def open_desk(
    notebook: Notebook, machine: object, interrupt_signal: int
) -> tuple[int, Callable[[int], int]]:
    """Gives this interpreter threads; answers with its first fiber and with what runs each.

    `machine` is src/kernel/machine/machine.ts; `interrupt_signal` the signal that a look
    names.
    """
    import _os_kernel
    from _os_kernel.sched import fiber, main_thread
    from _os_kernel.seam import hidden

    _os_kernel.attach(machine, interrupt_signal)
    for name in _BELOW_CELLS:
        hidden.hide_module(sys.modules[f"_kernel.{name}"], "bridge")
    desk = Desk(notebook)
    return main_thread.boot(desk.serve), fiber.entry


def open_program(
    page: Page, machine: object, interrupt_signal: int
) -> tuple[int, Callable[[int], int]]:
    """As `open_desk`, for an interpreter that runs one program and no cells."""
    import _os_kernel
    from _os_kernel.sched import fiber, main_thread

    _os_kernel.attach(machine, interrupt_signal)
    from _kernel import program

    program.hide()
    return main_thread.boot(program.Program(page).serve), fiber.entry


#: What `attach` and the functions of this module import when they are called. The archive of a
#: start has these and what they import (`build/started.py`), and the whole archive does not have
#: them: a start that needs more ends with an ImportError.
_STARTS = (
    "_kernel.program",
    "_os_kernel.files.keyboard",
    "_os_kernel.net.page",
    "_os_kernel.packages.finder",
    "_os_kernel.sched.c_waits",
    "_os_kernel.sched.main_thread",
    "_os_kernel.sched.preempt",
    "_os_kernel.seam.promises",
    "_os_kernel.seam.undo_pyodide",
)


def load_start() -> None:
    """Loads what is only in the archive of a start, where that goes before `attach` has used it:
    for a child, which needs the whole library to start, and where there are no threads.
    """
    for name in _STARTS:
        __import__(name)


def open_child(
    page: Page, machine: object, interrupt_signal: int
) -> tuple[int, Callable[[int], int]]:
    """As `open_desk`, for an interpreter that another process has started."""
    import _os_kernel
    from _os_kernel.sched import fiber, main_thread

    _os_kernel.attach(machine, interrupt_signal)
    from _kernel import command_line

    command_line.hide()
    return main_thread.boot(command_line.Child(page).serve), fiber.entry
