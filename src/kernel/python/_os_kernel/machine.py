"""The machine: what JavaScript does for the kernel.

Invariant: nothing here works before `attach`, and all of it after.
"""

#: False until JavaScript has said that stacks can be switched.
attached = False

_OPERATIONS = (
    "prepare_switch",
    "prepare_start",
    "prepare_idle",
    "prepare_turn",
    "resumed",
    "adopt",
    "forget",
    "identify",
    "c_asks",
    "c_waiting",
    "c_take",
    "c_mark",
    "take_locals",
    "count_from_here",
    "mark",
    "builtin",
    "first_traceable",
    "in_kernel",
    "again",
    "attend",
    "slice",
    "arrival",
    "suspended",
    "called",
    "ask",
    "withdraw",
    "terminal",
    "wanted",
    "give",
    "suspension",
)


def attach(machine):
    """Binds the operations of `machine`, a JavaScript object (src/kernel/machine/machine.ts)."""
    from pyodide.ffi import run_sync

    operations = globals()
    for name in _OPERATIONS:
        operations[name] = getattr(machine, name)
    operations["run_sync"] = run_sync
    # `run_sync` hands its argument to `asyncio.ensure_future`, which passes on what claims to be
    # a future.
    type(operations["suspension"])._asyncio_future_blocking = False
    operations["attached"] = True
