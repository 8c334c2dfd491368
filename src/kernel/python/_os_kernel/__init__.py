"""The operating system that CPython sees in the page: threads, clocks, signals, waiting.

Two steps. `install` runs in the interpreter's own start, before any module captures what it
replaces (`sitecustomize`). `attach` runs when Pyodide is up and binds the machine
(src/kernel/machine/). Invariant: after `attach` no name of Pyodide's event loop is visible to a
program.
"""


def install() -> None:
    from . import errnos

    errnos.install()
    from .seam import extensions, faces, library

    library.install()
    extensions.install()
    faces.install()


def attach_descriptors(operations: object) -> None:
    """Binds the table of descriptors: `operations` as JavaScript gives them."""
    from . import machine
    from .files import table

    machine.attach_descriptors(operations)
    table.begin()


def attach(operations: object, interrupt_signal: int) -> None:
    """Binds the machine.

    `operations` is the machine as JavaScript gives it, `interrupt_signal` the one real signal
    that a look is answered with.
    """
    from . import machine, processes
    from .files import keyboard
    from .net import page
    from .packages import finder
    from .sched import c_waits, deadlock, fiber, inbox, preempt
    from .seam import builtins, declare, hidden, promises, undo_pyodide
    from .signals import delivery

    machine.attach(operations)
    hidden.prove()
    hidden.hide_package(__name__)
    fiber.cpu.on_arrival = inbox.take_all
    fiber.cpu.on_stall = deadlock.on_stall
    delivery.native.signal(interrupt_signal, preempt.on_interrupt)
    undo_pyodide.undo()
    promises.install()
    processes.begin()
    keyboard.install()
    page.install()
    finder.install()
    builtins.replace(declare.functions())
    c_waits.install()
