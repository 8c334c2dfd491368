"""Preemption: what happens at the end of a time slice.

Invariant: a fiber is never preempted inside the kernel's own code, inside the garbage collector, or
inside a call that JavaScript waits for. If its time slice ends there, it is preempted at the first
bytecode after that code.
"""

from collections import deque
from time import monotonic

from .. import machine
from ..files import c_calls, table
from ..seam.declare import bridge
from ..signals import delivery
from ..threads import thread
from . import fiber, timers

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

#: What is to be called as soon as a thread can be interrupted (`Py_AddPendingCall`).
_soon: deque[Callable[[], None]] = deque()


def call_soon(function: Callable[[], None]) -> None:
    """Calls `function` where a program runs, at its next bytecode that can be interrupted."""
    _soon.append(function)
    machine.demand()


@bridge
def _call_all() -> None:
    while _soon:
        _soon.popleft()()


@bridge
def on_interrupt(signum: int, frame: FrameType | None) -> None:
    """The handler of the one real signal: the time slice is over, or something has arrived."""
    call = machine.c_call()
    if machine.in_kernel():
        if call is None:
            machine.again(bool(_soon))
        else:
            # C that frees an object called, while the garbage collector ran in the kernel's code.
            c_calls.serve_at_once(call)
        return
    if machine.due():
        tick()
        # Without a frame there is no program here that could handle what a handler raises.
        if delivery.pending and frame is not None and thread.current() is thread.main:
            delivery.run_pending(frame)
    else:
        table.settle()
        machine.go_on()
    if _soon:
        _call_all()
    if call is None:
        return
    if machine.may_wait():
        c_calls.serve(call)
    else:
        c_calls.serve_at_once(call)


def tick() -> None:
    """Takes what has arrived, fires what is due, and lets the other fibers that are ready run."""
    if fiber.cpu.current is None:
        return
    fiber.cpu.on_arrival()
    now = monotonic()
    if timers.entries and timers.entries[-1][0] >= -now:
        timers.fire()
    main = thread.main.fiber
    favoured = delivery.pending or now < fiber.cpu.favoured
    if favoured and main in fiber.ready:
        fiber.ready.remove(main)
        fiber.ready.appendleft(main)
    if fiber.ready and not (favoured and main is fiber.cpu.current):
        fiber.yield_now()
    else:
        fiber.turn()
    fiber.cpu.on_arrival()
    machine.slice()
