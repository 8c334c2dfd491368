"""The page as one more client of the network: what a reader sends to a server in a cell.

The page is told which ports listen, and connects to one. Its end of such a connection is a TcpFile
like any other, so that a server cannot tell it from a client in Python.

Invariant: an end of the page's has no descriptor. What arrives at it goes to the page at once, and
nothing that the page does waits or raises here.
"""

from os import strerror

from .. import machine
from ..files.events import ANYTHING
from ..sched import inbox
from . import tcp
from .addresses import is_v4
from .constants import AF_INET, AF_INET6, SOCK_STREAM

#: The ends of the connections that the page has open, by the page's number for each.
_ends: dict[int, PageEnd] = {}
#: Sockets that listen, in the order in which they began.
_listening: list[tcp.TcpFile] = []


class PageEnd(tcp.TcpFile):
    """The page's end of a connection. It watches itself, in place of a thread or an epoll."""

    __slots__ = ("_connection", "_last", "_unsent")

    is_outside = True
    #: As a watcher of open files has them.
    mask, exclusive = ANYTHING, False

    def __init__(self, connection: int, family: int) -> None:
        tcp.TcpFile.__init__(self, family, SOCK_STREAM, 0)
        self._connection = connection
        #: What the page sends and there was no room for, and whether nothing follows it.
        self._unsent = bytearray()
        self._last = False
        self.watchers[self] = None

    def open(self, host: str, port: int) -> None:
        _ends[self._connection] = self
        try:
            self.connect((host, port))
        except BlockingIOError:
            # It is in progress, or has come to its end already.
            return
        except OSError as error:
            self._end(str(error))

    def send(self, data: bytes, last: bool) -> None:
        self._unsent += data
        self._last = self._last or last
        self.notify(ANYTHING)

    def close(self) -> None:
        """Gives the connection up."""
        if _ends.pop(self._connection, None) is not None:
            self.watchers.clear()
            self.released()

    def notify(self, events: int) -> bool:
        """Something has changed: sends what there is room for now, or says that it is over."""
        if self._connection not in _ends:
            return False
        if self.error:
            number = self.take_error()
            self._end(f"[Errno {number}] {strerror(number)}")
        elif self.state == tcp.CONNECTED and self.sends:
            self._flush()
        return True

    def data_arrived(self, chunk: bytes) -> None:
        if self._connection in _ends:
            machine.page_received(self._connection, chunk)
        else:
            tcp.TcpFile.data_arrived(self, chunk)

    def finish_arrived(self) -> None:
        tcp.TcpFile.finish_arrived(self)
        self._end("")

    def _flush(self) -> None:
        try:
            while self._unsent:
                sent = self.put(bytes(self._unsent), 0)
                if sent is None:
                    return
                del self._unsent[:sent]
        except OSError as error:
            self._end(str(error))
            return
        if self._last:
            self.shutdown(False, True)

    def _end(self, error: str) -> None:
        if self._connection in _ends:
            machine.page_ended(self._connection, error)
            self.close()


def _observe(file: tcp.TcpFile, begins: bool) -> None:
    if begins:
        _listening.append(file)
    elif file in _listening:
        _listening.remove(file)
    names = ",".join(f'["{host}",{port}]' for host, port in _names())
    machine.page_listeners(f"[{names}]")


def _names() -> list[tuple[str, int]]:
    """The addresses that listen, each once: several sockets may share one (SO_REUSEPORT)."""
    return list(dict.fromkeys(file.local for file in _listening))


def _connect(arrival: machine.ConnectArrival) -> None:
    host = arrival.host
    PageEnd(arrival.connection, AF_INET if is_v4(host) else AF_INET6).open(host, arrival.port)


def _send(arrival: machine.SendArrival) -> None:
    end = _ends.get(arrival.connection)
    if end is not None:
        end.send(arrival.data.to_bytes(), arrival.last)


def _close(arrival: machine.CloseArrival) -> None:
    end = _ends.get(arrival.connection)
    if end is not None:
        end.close()


def install() -> None:
    """From now on the page hears of ports, and may connect to them."""
    tcp.observers.append(_observe)
    inbox.handlers["connect"] = _connect
    inbox.handlers["send"] = _send
    inbox.handlers["close"] = _close
