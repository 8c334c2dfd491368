"""What the page hears of the network, and does in it (`outside`): the messages of both directions.

Invariant: a connection has the number that the page gave it, from its `connect` until its end was
told or the page has closed it.
"""

from .. import machine
from ..sched import inbox
from ..seam import late

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    from . import outside
    from .addresses import Name

#: `tcp` and `outside`, once they are needed.
_loaded: list[ModuleType] = []
#: None while the connection is being made.
_open: dict[int, outside.Client | None] = {}


def tcp() -> ModuleType:
    """`net/tcp.py`, which most programs do without. Once it is there, the page hears of ports."""
    if not _loaded:
        tcp = late.load("net.ports", "net.inet", "net.tcp_stream", "net.tcp")
        parts = [tcp, late.load("net.outside")]
        if machine.attached:
            parts[1].watch(_tell_ports)
        _loaded.extend(parts)
    return _loaded[0]


def loaded() -> bool:
    """Whether a program has used TCP."""
    return bool(_loaded)


def clients() -> ModuleType:
    """`net/outside.py`."""
    tcp()
    return _loaded[1]


def _tell_ports(name: Name, begins: bool) -> None:
    # Several sockets may share a name (SO_REUSEPORT).
    names = dict.fromkeys(clients().listening())
    pairs = ",".join(f'["{host}",{port}]' for host, port in names)
    machine.page_listeners(f"[{pairs}]")


def _connect(arrival: machine.ConnectArrival) -> None:
    number = arrival.connection

    def received(data: bytes) -> None:
        if data:
            machine.page_received(number, data)
        else:
            ended("")

    def ended(error: str) -> None:
        if number in _open:
            del _open[number]
            machine.page_ended(number, error)

    _open[number] = None
    client = clients().Client(arrival.host, arrival.port, received, lambda error: ended(str(error)))
    # It may have been refused at once.
    if number in _open:
        _open[number] = client


def _send(arrival: machine.SendArrival) -> None:
    client = _open.get(arrival.connection)
    if client is None:
        return
    client.send(arrival.data.to_bytes())
    if arrival.last:
        client.finish()


def _close(arrival: machine.CloseArrival) -> None:
    client = _open.pop(arrival.connection, None)
    if client is not None:
        client.close()


def install() -> None:
    """From now on the page may connect to ports."""
    inbox.handlers["connect"] = _connect
    inbox.handlers["send"] = _send
    inbox.handlers["close"] = _close
