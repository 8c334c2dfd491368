"""Events from outside Python.

Invariant: they are taken in the order in which they came, in kernel code, by whichever fiber
looks first.
"""

from time import monotonic

from . import fiber, host

#: What to do with an event, by its kind. A handler must not block.
handlers = {}
#: Seconds in which the main thread goes first after a signal or a job: many threads that compute
#: would otherwise leave it one slice in many to say how a cell ended, or to begin the next.
_FAVOUR = 0.25


def poll():
    while (event := host.event()) is not None:
        if event.kind in ("signal", "job"):
            fiber.cpu.favoured = monotonic() + _FAVOUR
        handlers[event.kind](event)
