"""Descriptors that can be waited for.

Invariant: whoever changes what an endpoint is ready for calls `changed`, and then every fiber
that waits for it looks again. The number is a real descriptor of the interpreter's file system,
so that it is used once at a time.
"""

import posix
import select as native
from time import monotonic

from ..sched.wait import INTERRUPTED, TIMED_OUT, Wait, WaitQueue
from ..signals import delivery

IN, OUT, ERR, HUP, NVAL = 0x001, 0x004, 0x008, 0x010, 0x020
#: How often a file of Emscripten's is looked at while somebody waits for it: it tells nobody when
#: it changes.
FOREIGN_INTERVAL = 0.01


class DescriptorWait(Wait):
    """Waits until one of the pairs (descriptor, mask) of `object` is ready."""

    __slots__ = ()
    thing = "an event"


class Endpoint:
    """Something with a descriptor that becomes ready."""

    __slots__ = ("fd", "waits")

    def __init__(self):
        self.fd = posix.open("/dev/null", posix.O_RDWR)
        if self.fd in table:
            # A program has closed descriptor 0, which stays the keyboard's.
            self.fd, taken = posix.dup(self.fd), self.fd
            posix.close(taken)
        self.waits = WaitQueue()
        table[self.fd] = self

    def poll(self):
        """The events that it is ready for now."""
        raise NotImplementedError

    def awaited(self):
        """Somebody waits for something to read."""

    def changed(self):
        self.waits.wake_all()

    def free(self):
        """Gives the number back."""
        del table[self.fd]
        posix.close(self.fd)
        self.changed()


table = {}


def number(file):
    """The descriptor of an int or of an object with `fileno` (PyObject_AsFileDescriptor)."""
    if not isinstance(file, int):
        fileno = getattr(file, "fileno", None)
        if fileno is None:
            raise TypeError("argument must be an int, or have a fileno() method.")
        file = fileno()
        if not isinstance(file, int):
            raise TypeError("fileno() returned a non-integer")
    if file < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({file})")
    return file


def ready(fd, mask):
    endpoint = table.get(fd)
    if endpoint is not None:
        return endpoint.poll() & (mask | ERR | HUP)
    poll = native.poll()
    poll.register(fd, mask & 0xFF)
    return next((events for _, events in poll.poll(0)), 0)


def wait(wanted, deadline, extra=()):
    """Blocks until one of `wanted` (descriptor, mask) is ready; [] if the time is over before.

    `extra` are further queues to stand in: an epoll whose registrations may change
    meanwhile.
    """
    while True:
        found = [(fd, events) for fd, mask in wanted if (events := ready(fd, mask))]
        if found or (deadline is not None and monotonic() >= deadline):
            return found
        foreign = any(fd not in table for fd, _ in wanted)
        until = monotonic() + FOREIGN_INTERVAL if foreign else None
        if deadline is not None and (until is None or deadline < until):
            until = deadline
        state = _stand_by(wanted, until, extra)
        if state == INTERRUPTED:
            delivery.run_pending()
        elif state == TIMED_OUT and until == deadline:
            return [(fd, events) for fd, mask in wanted if (events := ready(fd, mask))]


def _stand_by(wanted, until, extra):
    wait = DescriptorWait(wanted)
    queues = [table[fd].waits for fd, _ in wanted if fd in table]
    for fd, mask in wanted:
        if fd in table and mask & IN:
            table[fd].awaited()
    queues += extra
    for queue in queues:
        queue.add(wait)
    try:
        return wait.block(until)
    finally:
        for queue in queues:
            queue.discard(wait)


def write(fd, data):
    """Writes without blocking to one of our endpoints or to a file."""
    endpoint = table.get(fd)
    return posix.write(fd, data) if endpoint is None else endpoint.write(data)


delivery.wakeup["write"] = write
