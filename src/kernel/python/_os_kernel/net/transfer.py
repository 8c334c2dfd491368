"""Operations of sockets that may wait: what is tried, how long is waited, what ends the waiting.

A socket with a time-out waits as long, whatever its descriptor's mode; any other waits exactly if
the descriptor is not in non-blocking mode (`sock_call_ex` in Modules/socketmodule.c).

Invariant: only the calling thread waits. A signal's handler runs in the wait (PEP 475), and what it
raises comes out.
"""

from errno import EAGAIN, EALREADY, EINPROGRESS, EPIPE
from time import monotonic

from ..files import table
from ..files.events import IN, OUT
from ..files.open_file import failure
from ..files.waiting import stand_by
from ..sched.wait import INTERRUPTED, TIMED_OUT
from ..signals import delivery
from .constants import (
    MSG_DONTWAIT,
    MSG_NOSIGNAL,
    MSG_PEEK,
    MSG_WAITALL,
    SO_RCVTIMEO,
    SO_SNDTIMEO,
    SOCK_STREAM,
    SOL_SOCKET,
)
from .waits import AcceptWait, ConnectWait, ReceiveWait, SendWait

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .ancillary import Ancillary
    from .socket_file import Address, Data, Message, SocketFile
    from .waits import SocketWait

_SIGPIPE = delivery.native.SIGPIPE


class Patience:
    """How long one operation may wait, over all the times that it has to."""

    __slots__ = ("_deadline", "_file", "_kind", "_mask", "_timeout")

    def __init__(
        self,
        file: SocketFile,
        timeout: float | None,
        flags: int,
        kind: type[SocketWait],
        mask: int,
    ) -> None:
        self._file = file
        self._timeout = timeout
        self._kind = kind
        self._mask = mask
        self._deadline: float | None = None
        if timeout:
            self._deadline = monotonic() + timeout
        elif file.nonblocking or flags & MSG_DONTWAIT:
            self._deadline = 0.0
        else:
            option = SO_SNDTIMEO if mask == OUT else SO_RCVTIMEO
            most = file.option(SOL_SOCKET, option)
            self._deadline = monotonic() + most if most else None

    def wait(self) -> None:
        """Waits until the socket has changed; raises when that has taken too long."""
        if self._deadline == 0.0:
            raise failure(EAGAIN)
        state = stand_by(((self._file, self._mask),), self._deadline, self._kind)
        if state == INTERRUPTED:
            delivery.run_pending()
        elif state == TIMED_OUT:
            raise TimeoutError("timed out") if self._timeout else failure(EAGAIN)

    def until[Result](self, attempt: Callable[[], Result | None]) -> Result:
        """What `attempt` gives as soon as it gives something."""
        with table.held(self._file):
            while True:
                try:
                    self.wait()
                except BaseException:
                    self._file.abandoned()
                    raise
                result = attempt()
                if result is not None:
                    return result


def receive(file: SocketFile, timeout: float | None, size: int, flags: int) -> bytes:
    if flags & MSG_WAITALL and file.type == SOCK_STREAM:
        return _receive_all(file, timeout, size, flags)
    data = file.take(size, flags)
    if data is None:
        patience = Patience(file, timeout, flags, ReceiveWait, IN)
        data = patience.until(lambda: file.take(size, flags))
    return data


def _receive_all(file: SocketFile, timeout: float | None, size: int, flags: int) -> bytes:
    """All of `size`, unless the end, an error or a signal comes before."""
    patience = Patience(file, timeout, flags, ReceiveWait, IN)
    parts: list[bytes] = []
    left = size
    with table.held(file):
        while left:
            try:
                data = file.take(left, flags)
                if data is None:
                    patience.wait()
                    continue
            except OSError:
                if parts:
                    break
                raise
            if flags & MSG_PEEK and len(data) < size and data:
                if timeout == 0.0 or file.nonblocking:
                    return data
                patience.wait()
                continue
            parts.append(data)
            left -= len(data)
            if not data:
                break
    return b"".join(parts)


def receive_message(
    file: SocketFile, timeout: float | None, size: int, flags: int, room: int
) -> Message:
    """`room` is the size of the buffer for what comes beside the data."""
    message = file.take_message(size, flags, room)
    if message is None:
        patience = Patience(file, timeout, flags, ReceiveWait, IN)
        message = patience.until(lambda: file.take_message(size, flags, room))
    if flags & MSG_WAITALL and file.type == SOCK_STREAM and not flags & MSG_PEEK:
        left = size - len(message.data)
        if left and message.data and message.ancillary is None:
            message.data += _receive_all(file, timeout, left, flags)
    return message


def send(file: SocketFile, timeout: float | None, data: Data, flags: int) -> int:
    """How much of `data` was sent: all of it, if the socket may wait as long as it likes."""
    return _send(file, timeout, data, flags, lambda part: file.put(part, flags))


def send_message(
    file: SocketFile,
    timeout: float | None,
    data: Data,
    flags: int,
    address: Address,
    ancillary: Ancillary | None,
) -> int:
    first = ancillary

    def put(part: Data) -> int | None:
        nonlocal first
        sent = file.put_message(part, flags, address, first)
        if sent is not None:
            first = None
        return sent

    return _send(file, timeout, data, flags, put)


def _send(
    file: SocketFile,
    timeout: float | None,
    data: Data,
    flags: int,
    put: Callable[[Data], int | None],
) -> int:
    try:
        sent = put(data)
        if sent == len(data):
            return len(data)
        waits = timeout is None and not file.nonblocking and not flags & MSG_DONTWAIT
        if sent is not None and not waits:
            return sent
        patience = Patience(file, timeout, flags, SendWait, OUT)
        if not waits:
            return patience.until(lambda: put(data))
        return _send_rest(file, data, sent or 0, patience, put)
    except BrokenPipeError as error:
        if error.errno == EPIPE and not flags & MSG_NOSIGNAL:
            _break_pipe()
        raise


def _send_rest(
    file: SocketFile,
    data: Data,
    done: int,
    patience: Patience,
    put: Callable[[Data], int | None],
) -> int:
    """Waits until all is sent; what a signal or an error finds half sent stays so."""
    view = memoryview(data)
    with table.held(file):
        while done < len(view):
            try:
                if delivery.pending and done:
                    break
                patience.wait()
                done += put(view[done:]) or 0
            except OSError:
                if not done:
                    raise
                break
    return done


def _break_pipe() -> None:
    """SIGPIPE, which Python ignores unless a program has set a handler."""
    if delivery.handlers[_SIGPIPE] != delivery.SIG_IGN:
        delivery.trigger(_SIGPIPE)
        delivery.run_pending()


def send_all(file: SocketFile, timeout: float | None, data: Data, flags: int) -> None:
    deadline = None if not timeout else monotonic() + timeout
    done = send(file, timeout, data, flags)
    if done == len(data):
        return
    view = memoryview(data)
    while done < len(view):
        if delivery.pending:
            delivery.run_pending()
        left = timeout
        if deadline is not None:
            left = deadline - monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
        done += send(file, left, view[done:], flags)


def accept(file: SocketFile, timeout: float | None) -> SocketFile:
    patience = None
    with table.held(file):
        while True:
            try:
                return file.accept()
            except BlockingIOError:
                patience = patience or Patience(file, timeout, 0, AcceptWait, IN)
                patience.wait()


def connect(file: SocketFile, timeout: float | None, address: Address) -> None:
    patience = None
    with table.held(file):
        while True:
            try:
                file.connect(address)
                return
            except OSError as error:
                if error.errno not in (EAGAIN, EINPROGRESS, EALREADY):
                    raise
                if patience is None:
                    patience = Patience(file, timeout, 0, ConnectWait, OUT)
                if not timeout and file.nonblocking:
                    raise
                if timeout and error.errno != EINPROGRESS:
                    raise
            _connected(file, patience, timeout)
            if timeout and not file.connecting:
                # C asks for SO_ERROR then, and does not call `connect` again.
                if failed := file.take_error():
                    raise failure(failed)
                return


def _connected(file: SocketFile, patience: Patience, timeout: float | None) -> None:
    """Waits until `connect` has succeeded or failed."""
    while file.connecting:
        patience.wait()
