"""Events from outside Python.

Invariant: they are taken in the order in which they came, in kernel code, by whichever fiber
looks first.
"""

from . import host

#: What to do with an event, by its kind. A handler must not block.
handlers = {}


def poll():
    while (event := host.event()) is not None:
        handlers[event.kind](event)
