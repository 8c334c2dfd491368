"""The operating system that CPython sees in the page: threads, clocks, signals, waiting.

Two steps. `install` runs in the interpreter's own start, before any module captures what it
replaces (`sitecustomize`). `attach` runs when Pyodide is up and binds the machine
(src/kernel/fibers/). Invariant: after `attach` no name of Pyodide's event loop is visible to a
program.
"""


def install():
    from . import faces, library

    library.install()
    faces.install()


def attach(machine, interrupt_signal):
    """Binds `machine`.

    `interrupt_signal` is the one real signal that the interrupt buffer answers with.
    """
    import importlib

    from . import (
        builtins,
        deadlock,
        events,
        faces,
        fiber,
        hidden,
        host,
        keyboard,
        preempt,
        promises,
        signals,
    )
    from .undo_pyodide import undo

    host.attach(machine)
    hidden.prove()
    bridges = {
        "entry",
        "_run",
        "on_interrupt",
        "run_pending",
        "report",
        "_main",
        "_Callable.__call__",
    }
    for name in MODULES:
        hidden.hide_module(importlib.import_module(f"{__name__}.{name}"), bridges)
    fiber.cpu.on_event = events.poll
    fiber.cpu.on_stall = deadlock.on_stall
    signals.native.signal(interrupt_signal, preempt.on_interrupt)
    undo()
    promises.install()
    keyboard.install()
    builtins.replace(faces.functions())


#: Every module whose frames are the kernel's.
MODULES = (
    "builtins",
    "cpu_time",
    "deadlock",
    "descriptors",
    "events",
    "fiber",
    "handle",
    "jobs",
    "keyboard",
    "library",
    "limit",
    "lock",
    "preempt",
    "promises",
    "rlock",
    "select_api",
    "signal_api",
    "signals",
    "simplequeue",
    "sleep",
    "sockets",
    "terminal",
    "thread",
    "thread_api",
    "timers",
    "unraisable",
    "waiter",
)
