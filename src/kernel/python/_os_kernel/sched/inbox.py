"""The inbox: what has come in from outside Python while it ran or waited.

A signal from the page, the next cell, a line of input, an answer of JavaScript's: JavaScript puts
each into a queue as an *arrival* (`Arrival` in src/kernel/machine/machine.ts).

Invariant: arrivals are taken in the order in which they came, in kernel code, by whichever fiber
looks first.
"""

from time import monotonic

from .. import machine
from . import fiber

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypedDict

    class Handlers(TypedDict):
        """What to do with an arrival, by its kind. A handler must not block."""

        signal: Callable[[machine.SignalArrival], object]
        job: Callable[[machine.JobArrival], object]
        question: Callable[[machine.QuestionArrival], object]
        input: Callable[[machine.InputArrival], object]
        packages: Callable[[machine.PackagesArrival], object]
        broker: Callable[[machine.BrokerArrival], object]
        called: Callable[[machine.CalledArrival], object]
        connect: Callable[[machine.ConnectArrival], object]
        send: Callable[[machine.SendArrival], object]
        close: Callable[[machine.CloseArrival], object]


handlers: Handlers = {}  # pyright: ignore[reportAssignmentType]: each is set by who has it
#: Called at each look, for what comes by other ways.
looks: list[Callable[[], object]] = []
#: Seconds in which the main thread goes first after a signal or a job: many threads that compute
#: would otherwise leave it one slice in many to say how a cell ended, or to begin the next.
_FAVOUR = 0.25


def take_all() -> None:
    """Handles everything that has come in."""
    while (arrival := machine.arrival()) is not None:
        if arrival.kind in ("signal", "job"):
            fiber.cpu.favoured = monotonic() + _FAVOUR
        handlers[arrival.kind](arrival)  # pyright: ignore[reportArgumentType]: that of its kind
    for look in looks:
        look()
