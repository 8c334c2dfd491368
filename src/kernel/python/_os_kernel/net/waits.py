"""What threads wait for at sockets, as the deadlock report says it.

Invariant: a wait that something from outside Python may end (a connection that the page makes)
says so, and is no deadlock.
"""

from ..files.waiting import DescriptorWait

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .socket_file import SocketFile


class SocketWait(DescriptorWait):
    """A thread waits at the one socket that `object` names."""

    __slots__ = ()

    @property
    def socket(self) -> SocketFile:
        ((file, _),) = self.object  # pyright: ignore[reportGeneralTypeIssues]: as `stand_by` does
        return file


class AcceptWait(SocketWait):
    """Waits in `accept`."""

    __slots__ = ()

    @property
    def thing(self) -> str:
        return f"a connection to {self.socket.described()}"


class ConnectWait(SocketWait):
    """Waits in `connect`."""

    __slots__ = ()

    @property
    def thing(self) -> str:
        return f"an answer from {self.socket.described_peer()}"


class ReceiveWait(SocketWait):
    """Waits in `recv` and its kin."""

    __slots__ = ()

    @property
    def thing(self) -> str:
        return f"data from {self.socket.described_peer()}"


class SendWait(SocketWait):
    """Waits in `send` and its kin."""

    __slots__ = ()

    @property
    def thing(self) -> str:
        return f"room to send to {self.socket.described_peer()}"
