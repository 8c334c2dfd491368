"""Clients that are not Python's: the page connects to a program's servers, as one more client.

The page asks which ports are listened to (`listening`, `watch`), connects (`Client`), sends bytes
and is called with what comes back. All of it is called between two fibers, as an arrival is
handled, and never blocks.

Invariant: to a program such a client is a connection like any other; a thread that waits for it is
in no deadlock, since only the page knows whether more will come.
"""

from errno import EINPROGRESS

from ..files.events import IN
from . import addresses, tcp
from .constants import AF_INET, AF_INET6, IPPROTO_TCP, SOCK_STREAM
from .tcp import TcpFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .addresses import Name

_PIECE = 1 << 16

_listening: dict[TcpFile, Name] = {}
_watchers: list[Callable[[Name, bool], object]] = []


def listening() -> list[Name]:
    """Where a program listens, oldest first: pairs of host and port."""
    return list(_listening.values())


def watch(callback: Callable[[Name, bool], object]) -> Callable[[], None]:
    """From now on calls `callback(name, begins)` when a port begins to be listened to or ends.

    Answers with what stops that.
    """
    _watchers.append(callback)
    return lambda: _watchers.remove(callback)


def _changed(file: TcpFile, begins: bool) -> None:
    name = file.local
    if begins:
        _listening[file] = name
    elif file in _listening:
        name = _listening.pop(file)
    else:
        # It listened already when it came from another process.
        return
    for callback in list(_watchers):
        callback(name, begins)


tcp.observers.append(_changed)


class _OutsideEnd(TcpFile):
    """The end of a connection that stands in the page."""

    __slots__ = ()
    is_outside = True


class _Listener:
    """Stands among the watchers of the end, and passes on what has come."""

    __slots__ = ("_changed",)
    mask = 0xFFFFFFFF
    exclusive = False

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def notify(self, events: int) -> bool:
        self._changed()
        return True

    def file_released(self) -> None:
        """The page's end has no descriptor that could be closed."""


class Client:
    """One connection from the page to `host` and `port`.

    `received(data)` is called with bytes as they come; b"" says that the server has sent its last.
    `failed(error)` is called at most once with the OSError that ended it: refused, reset.
    """

    __slots__ = ("_end", "_failed", "_finishes", "_over", "_received", "_unsent")

    def __init__(
        self,
        host: str,
        port: int,
        received: Callable[[bytes], object],
        failed: Callable[[OSError], object],
    ) -> None:
        family = AF_INET if addresses.is_v4(host) else AF_INET6
        self._end = _OutsideEnd(family, SOCK_STREAM, IPPROTO_TCP)
        self._received = received
        self._failed = failed
        self._unsent = b""
        self._finishes = self._over = False
        self._end.watchers[_Listener(self._look)] = None
        try:
            self._end.connect((host, port))
        except OSError as error:
            if error.errno != EINPROGRESS:
                self._fail(error)
        self._look()

    def send(self, data: bytes) -> None:
        """Sends `data`, as soon as there is room for it."""
        self._unsent += data
        self._look()

    def finish(self) -> None:
        """Says to the server that nothing more will be sent (shutdown)."""
        self._finishes = True
        self._look()

    def close(self) -> None:
        """Ends the connection; nothing is called any more."""
        if not self._over:
            self._over = True
            self._end.watchers.clear()
            self._end.released()

    def _fail(self, error: OSError) -> None:
        self.close()
        self._failed(error)

    def _look(self) -> None:
        end = self._end
        try:
            while not self._over and not end.connecting:
                if self._unsent and end.sends:
                    sent = end.put(self._unsent, 0) or 0
                    self._unsent = self._unsent[sent:]
                if self._finishes and not self._unsent and end.sends:
                    end.shutdown(False, True)
                if not end.poll() & IN:
                    return
                data = end.take(_PIECE, 0)
                if data is None:
                    return
                self._received(data)
                if not data:
                    self.close()
        except OSError as error:
            self._fail(error)
