"""Calls to the broker (src/protocol/broker.ts), and what it says by itself.

Invariant: the broker answers in the order in which it was asked, so whoever waits for an answer
finds done what it has asked for before.
"""

from itertools import count
from json import dumps

from .. import machine
from ..sched import inbox
from ..sched.wait import INTERRUPTED, Wait

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from ..files.open_file import Octets
    from ..machine import Octets as Received

    class Given(Protocol):
        """A JavaScript object that a message brings."""

        def to_py(self) -> list[dict[str, int | str]]: ...

    class Words(Protocol):
        def to_py(self) -> list[str]: ...

    class Numbers(Protocol):
        def to_py(self) -> list[int]: ...

    class SocketName(Protocol):
        def to_py(self) -> dict[str, Any]: ...

    class Command(Protocol):
        argv: Words
        environment: Words
        folder: str
        mask: int
        ignored: Numbers | None
        blocked: Numbers | None

    class Message(Protocol):
        """What the broker says (`FromBroker`): of these fields it has those of its type."""

        type: str
        request: int | None
        handle: int
        content: Received
        readable: bool
        more: bool
        ended: bool
        shared: bool
        bytes: int
        pid: int
        parent: int
        status: int
        signal: int
        error: str | None
        taken: bool
        value: int
        group: int
        session: int
        pids: Numbers
        command: Command
        descriptors: Given
        passed: Given
        reset: bool
        own: bool
        receives: bool
        sends: bool
        waiting: int
        share: int
        end: int | None
        to: SocketName


_requests = count(1)
#: Names for what this process will hold.
handles = count(1)
#: Who wants the answer to a request, by its number.
_answers: dict[int, Callable[[Message], object]] = {}
#: What to do with what the broker says unasked, by type.
heard: dict[str, Callable[[Message], object]] = {}


class BrokerWait(Wait):
    """Waits for what the broker will say; in this class itself, for an answer, which comes."""

    __slots__ = ()
    thing = "an answer of the broker"

    @property
    def is_external(self) -> bool:
        return True


def tell(type: str, content: Octets | None = None, /, **fields: object) -> None:
    """Tells the broker something that is not answered."""
    fields["type"] = type
    if content is None:
        machine.tell_broker(dumps(fields))
    else:
        machine.tell_broker(dumps(fields), bytes(content))


def request(then: Callable[[Message], object], type: str, **fields: object) -> int:
    """Asks for something; `then` is called with the answer, a message, in the inbox."""
    number = next(_requests)
    _answers[number] = then
    tell(type, request=number, **fields)
    return number


def ask(type: str, **fields: object) -> Message:
    """Asks, and waits for the answer as a system call does that no signal interrupts."""
    return ask_for(lambda message: message, type, **fields)


def ask_for[Result](make: Callable[[Message], Result], type: str, **fields: object) -> Result:
    """As `ask`; gives what `make` makes of the answer before anything else is heard."""
    answers: list[Result] = []
    waits: list[BrokerWait] = []

    def answered(message: Message) -> None:
        answers.append(make(message))
        for wait in waits:
            wait.wake()

    request(answered, type, **fields)
    _until(answers, waits)
    return answers[0]


def _until(answers: list[Any], waits: list[BrokerWait]) -> None:
    while not answers:
        wait = BrokerWait(None)
        waits[:] = [wait]
        if wait.block() == INTERRUPTED:
            # The handler runs when the call is over.
            wait.attend = True


def _arrived(arrival: machine.BrokerArrival) -> None:
    message = arrival.message
    number = getattr(message, "request", None)
    if number is not None:
        answer = _answers.pop(number, None)
        if answer is not None:
            answer(message)
        return
    what = heard.get(message.type)
    if what is not None:
        what(message)


inbox.handlers["broker"] = _arrived
