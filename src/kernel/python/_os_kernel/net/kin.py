"""What the network does where there are other processes: nothing, until this one has relatives.

Invariant: a process that has started none and was started by none asks nobody.
"""

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

#: The ports that are given to who asks for none (net.ipv4.ip_local_port_range).
FIRST, LAST = 32768, 60999


class Kin:
    """What this process shares the names of sockets with."""

    __slots__ = ("names", "ports")

    def __init__(self) -> None:
        #: `proc/names.py`, once there are relatives.
        self.names: ModuleType | None = None
        #: The ports that this process may give to who asks for none.
        self.ports: tuple[int, int] = (FIRST, LAST)


kin = Kin()
