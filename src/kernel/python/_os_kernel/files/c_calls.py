"""What C calls on the kernel's open files and cannot wait for (src/kernel/machine/c-calls.ts).

Invariant: the call's thread waits here, inside the handler that CPython runs because the call was
interrupted; what a signal's handler raises meanwhile ends the call, as in CPython.
"""

from errno import EAGAIN, EBADF, errorcode

from .. import machine
from ..sched.wait import Wait
from ..seam.declare import bridge
from ..signals import delivery
from . import fifo, table, waiting
from .open_file import O_CLOEXEC, failure

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .open_file import OpenFile


class OpeningWait(Wait):
    """Waits in `open` of the named pipe with the number `object`."""

    __slots__ = ()
    thing = "the other end of a named pipe"


@bridge
def serve(call: machine.Call) -> None:
    """Works out what the retry of `call` returns. The last that a handler does."""
    # From here on this thread may be interrupted again, while it waits.
    machine.go_on()
    _give(_answer(call))


def serve_at_once(call: machine.Call) -> None:
    """As `serve`, where nothing may wait: in the garbage collector, or under JavaScript."""
    file = table.numbered(call.file)
    try:
        if call.kind == "read" and file is not None:
            _give(file.read(call.size))
        elif call.kind == "write" and file is not None:
            _give(file.write(call.data.to_bytes()))
        else:
            _give(failure(EAGAIN))
    except OSError as error:
        _give(error)


def _give(answer: bytes | int | OSError) -> None:
    if isinstance(answer, OSError):
        machine.give_error(errorcode.get(answer.errno or 0, "EIO"))
    elif isinstance(answer, bytes):
        machine.give_bytes(answer)
    else:
        machine.give_number(answer)


@bridge
def _answer(call: machine.Call) -> bytes | int | OSError:
    if call.kind == "fifo":
        return _open_fifo(call.file, call.flags)
    file = table.numbered(call.file)
    if file is None:
        return failure(EBADF)
    if call.kind == "read":
        return waiting.read(file, call.size)
    if call.kind == "write":
        return waiting.write(file, call.data.to_bytes())
    return _open(lambda: file.reopen(call.flags), call.flags)


def _open(make: Callable[[], OpenFile], flags: int) -> int | OSError:
    try:
        return table.open(make(), inheritable=not flags & O_CLOEXEC)
    except OSError as error:
        return error


@bridge
def _open_fifo(number: int, flags: int) -> int | OSError:
    try:
        end, has_come = fifo.open_end(number, flags)
    except OSError as error:
        return error
    with table.held(end):
        if has_come is not None:
            while not has_come(wait := OpeningWait(number)):
                wait.block()
                delivery.run_pending()
        return _open(lambda: end, flags)
