"""Preemption: what happens at the end of a time slice.

Invariant: a fiber is never preempted inside the kernel's own code, inside the garbage collector, or
inside a call that JavaScript waits for. If its time slice ends there, it is preempted at the first
bytecode after that code.
"""

from time import monotonic

from .. import machine
from ..files import c_calls, table
from ..seam.declare import bridge
from ..signals import delivery
from ..threads import thread
from . import fiber, timers


@bridge
def on_interrupt(signum, frame):
    """The handler of the one real signal: the time slice is over, or something has arrived."""
    if machine.in_kernel():
        machine.again()
        return
    call = machine.c_call()
    if machine.due():
        tick()
    else:
        table.settle()
        machine.go_on()
    if delivery.pending and thread.current() is thread.main:
        delivery.run_pending(frame)
    if call is not None:
        c_calls.serve(call)


def tick():
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
