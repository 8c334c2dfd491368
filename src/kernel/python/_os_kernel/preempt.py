"""Preemption: what happens at the end of a time slice.

Invariant: a fiber is never preempted inside the kernel's own code, inside the collector, or
inside a call that JavaScript made synchronously; there the slice ends at the first bytecode
outside.
"""

from time import monotonic

from . import descriptors, fiber, host, signals, thread, timers


def on_interrupt(signum, frame):
    """The handler of the one real signal: the slice is over, or something has come in."""
    if host.in_kernel():
        host.again()
        return
    if wanted := host.wanted():
        _read(wanted)
    tick()
    if signals.pending and thread.current() is thread.main:
        signals.run_pending(frame)


def _read(wanted):
    """C reads standard input and was told that a signal has interrupted it: it waits here."""
    try:
        host.give(descriptors.table[0].take(wanted))
    except BaseException:
        host.slice()
        raise


def tick():
    if fiber.cpu.current is None:
        return
    fiber.cpu.on_event()
    now = monotonic()
    if timers.heap and timers.heap[0][0] <= now:
        timers.fire()
    main = thread.main.fiber
    favoured = signals.pending or now < fiber.cpu.favoured
    if favoured and main in fiber.ready:
        fiber.ready.remove(main)
        fiber.ready.appendleft(main)
    if fiber.ready and not (favoured and main is fiber.cpu.current):
        fiber.yield_now()
    else:
        fiber.turn()
    fiber.cpu.on_event()
    host.slice()
