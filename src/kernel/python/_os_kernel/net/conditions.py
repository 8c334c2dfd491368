"""How good the network is: latency, bandwidth, loss and resets, as a cell sets them.

They concern what goes over IP, not AF_UNIX: that never leaves a machine. A *segment* is what one
call sends; it is carried for a time that follows from its size. What is lost of a stream is sent
again after a time-out, which doubles each time; a datagram that is lost is gone.

Invariant: segments of one direction of a connection arrive in the order in which they were sent.
While nothing was ever set, a segment arrives at once and costs nothing.
"""

from collections import deque
from time import monotonic

from ..sched import timers

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random
    from typing import Any, Protocol

    class Asked(Protocol):
        """A NetworkConditions of src/protocol/cell.ts."""

        def to_py(self) -> Mapping[str, Any]: ...

#: Seconds until a lost segment is sent again, at first, and how often that is tried.
_RETRANSMIT, _TRIES = 0.2, 8


class Conditions:
    """`latency` in seconds one way, `bandwidth` in bytes per second each way (0: without limit),
    `loss` and `resets` as the share of segments that are lost or end their connection."""

    __slots__ = ("bandwidth", "latency", "loss", "random", "resets")

    def __init__(
        self, latency: float, bandwidth: float, loss: float, resets: float, random: Random
    ) -> None:
        self.latency = latency
        self.bandwidth = bandwidth
        self.loss = loss
        self.resets = resets
        self.random = random

    def lost(self) -> bool:
        return self.loss > 0 and self.random.random() < self.loss

    def broken(self) -> bool:
        return self.resets > 0 and self.random.random() < self.resets

    def sent_again(self) -> float:
        """Seconds that a segment of a stream loses by being lost, perhaps several times."""
        delay, wait = 0.0, _RETRANSMIT
        for _ in range(_TRIES):
            if not self.lost():
                break
            delay += wait
            wait *= 2
        return delay


class Network:
    """What holds now; `conditions` is None while the network is perfect."""

    __slots__ = ("conditions",)

    def __init__(self) -> None:
        self.conditions: Conditions | None = None


network = Network()


def set(
    latency: float = 0.0,
    bandwidth: float = 0.0,
    loss: float = 0.0,
    resets: float = 0.0,
    seed: int = 0,
) -> None:
    """From now on; without arguments the network is perfect again. What is under way arrives."""
    if min(latency, bandwidth, loss, resets) < 0 or max(loss, resets) > 1:
        raise ValueError("times and bandwidth are positive, loss and resets between 0 and 1")
    if not (latency or bandwidth or loss or resets):
        network.conditions = None
        return
    from random import Random

    network.conditions = Conditions(latency, bandwidth, loss, resets, Random(seed))


def of_run(asked: Asked | None) -> None:
    """As the run that begins asks for."""
    set(**(asked.to_py() if asked else {}))


class Link:
    """One direction of a connection, or a socket's way out for datagrams."""

    __slots__ = ("_free_at", "_timed", "_under_way", "size")

    def __init__(self) -> None:
        #: When it can take the next segment, on the monotonic clock.
        self._free_at = 0.0
        #: Arrival time, size and what then happens, in the order of sending.
        self._under_way: deque[tuple[float, int, Callable[..., object], tuple[object, ...]]]
        self._under_way = deque()
        #: Whether `timers` will call `expire`, or does.
        self._timed = False
        #: Bytes under way.
        self.size = 0

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def carry(
        self, size: int, delay: float, arrive: Callable[..., object], *arguments: object
    ) -> None:
        """Calls `arrive(*arguments)` when `size` bytes have arrived, `delay` later than usual."""
        now = monotonic()
        conditions = network.conditions
        start = max(now, self._free_at)
        latency = 0.0
        if conditions is not None:
            latency = conditions.latency
            if conditions.bandwidth:
                start += size / conditions.bandwidth
        self._free_at = start
        arrival = start + latency + delay
        if self._under_way:
            arrival = max(arrival, self._under_way[-1][0])
        self._under_way.append((arrival, size, arrive, arguments))
        self.size += size
        if not self._timed:
            self._timed = True
            timers.push(arrival, self)

    def expire(self) -> None:
        """The first segment has arrived; called by `timers`."""
        under_way = self._under_way
        now = monotonic()
        while under_way and under_way[0][0] <= now:
            _, size, arrive, arguments = under_way.popleft()
            self.size -= size
            arrive(*arguments)
        if under_way:
            timers.push(under_way[0][0], self)
        else:
            self._timed = False
