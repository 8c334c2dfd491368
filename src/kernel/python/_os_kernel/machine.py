"""The machine: what JavaScript does for the kernel.

Invariant: nothing here works before `attach`, and all of it after.
"""

#: False until JavaScript has said that stacks can be switched.
attached = False

_OPERATIONS = (
    "prepare_switch",
    "prepare_start",
    "prepare_hand_over",
    "prepare_idle",
    "prepare_turn",
    "resumed",
    "adopt",
    "forget",
    "bequeath",
    "abandon",
    "saved",
    "find_word",
    "move_word",
    "context_at",
    "swap_context",
    "top_frame",
    "collectable",
    "revive",
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
    "demand",
    "attend",
    "slice",
    "due",
    "may_wait",
    "go_on",
    "arrival",
    "suspended",
    "called",
    "ask",
    "withdraw",
    "terminal",
    "processors",
    "page_listeners",
    "page_received",
    "page_ended",
    "ask_packages",
    "tell_broker",
    "memory_share",
    "memory_open",
    "c_call",
    "give_bytes",
    "give_number",
    "give_error",
    "suspension",
)

_DESCRIPTOR_OPERATIONS = (
    "descriptor_notice",
    "descriptor_change",
    "descriptor_open",
    "descriptor_close",
    "descriptor_flags",
    "descriptor_foreign",
    "descriptor_watch",
    "fifo_make",
    "socket_make",
    "socket_at",
)


def _number_only(
    file: int, mode: int, inode: int, flags: int, close_on_exec: bool, path: str, fd: int
) -> int:
    """A number for a descriptor before there is a machine: `selectors` tries an epoll then."""
    import posix

    return posix.open("/dev/null", posix.O_RDWR)


def _close_number(fd: int) -> None:
    import posix

    posix.close(fd)


descriptor_open, descriptor_close = _number_only, _close_number


def attach_descriptors(descriptors: object) -> None:
    """Binds the table of descriptors, which is there without threads, too.

    `descriptors` is a JavaScript object (src/kernel/machine/descriptors.ts).
    """
    operations = globals()
    for name in _DESCRIPTOR_OPERATIONS:
        operations[name] = getattr(descriptors, name)


def attach(machine: object) -> None:
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
