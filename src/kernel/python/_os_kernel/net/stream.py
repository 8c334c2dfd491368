"""One end of a connection that carries bytes in order: an open file, as each socket's is.

Invariant: what one end sends the other receives in order, until one of them shuts that direction;
the rules of what an end is ready for are Linux's (net/unix/af_unix.c).
"""

from errno import EAGAIN, ECONNRESET, ENOTCONN, EPIPE

from ..files.events import ANYTHING, ERR, HUP, PRI, RDBAND, RDHUP, READABLE, WRBAND, WRITABLE
from ..files.open_file import OpenFile, failure

CAPACITY = 1 << 18
_AF_UNIX = 1
#: An end is told to be writable while no more than this is under way.
_WRITABLE_BELOW = CAPACITY // 4


class SocketFile(OpenFile):
    """What a socket's descriptor stands for, of any kind."""

    __slots__ = ("family", "proto", "type")

    mode = 0o140777
    label = "socket"

    def __init__(self, family, type, proto):
        OpenFile.__init__(self)
        self.family = family
        self.type = type
        self.proto = proto

    @property
    def connected(self):
        """Whether there is, or has been, another end."""
        return False

    def shutdown(self, receives, sends):
        """Ends the directions that are true."""
        raise failure(ENOTCONN)


class StreamEnd(SocketFile):
    """One end of a pair, or an end that is connected to nothing."""

    __slots__ = ("buffer", "error", "paired", "peer", "receives", "sends")

    def __init__(self, family, type, proto):
        SocketFile.__init__(self, family, type, proto)
        self.buffer = bytearray()
        #: The other end, until it is closed.
        self.peer = None
        self.paired = False
        #: Whether more can come, and whether more can be sent.
        self.receives = self.sends = True
        #: The number of an error that is to be told once.
        self.error = 0

    @property
    def connected(self):
        return self.paired

    def pair(self, peer):
        self.peer, self.paired = peer, True

    def poll(self):
        events = ERR if self.error else 0
        if not self.paired:
            return events | WRITABLE | HUP | (WRBAND if self.family == _AF_UNIX else 0)
        if not self.receives:
            events |= READABLE | RDHUP
            if not self.sends:
                events |= HUP
        if self.buffer:
            events |= READABLE
        if self.peer is None or len(self.peer.buffer) <= _WRITABLE_BELOW:
            events |= WRITABLE | WRBAND
        return events

    def write(self, data):
        peer = self.peer
        if not self.paired:
            raise failure(ENOTCONN)
        if peer is None or not self.sends:
            raise failure(EPIPE)
        room = CAPACITY - len(peer.buffer)
        if room <= 0:
            raise failure(EAGAIN)
        sent = bytes(data[:room])
        peer.buffer += sent
        peer.changed(READABLE | PRI | RDBAND)
        return len(sent)

    def read(self, size):
        if not self.paired:
            raise failure(ENOTCONN)
        if not self.buffer:
            if self.error:
                error, self.error = self.error, 0
                raise failure(error)
            if self.receives:
                raise failure(EAGAIN)
        taken = bytes(self.buffer[:size])
        del self.buffer[:size]
        if taken and self.peer is not None and len(self.buffer) <= _WRITABLE_BELOW:
            self.peer.changed(WRITABLE | WRBAND)
        return taken

    def available(self):
        return len(self.buffer)

    def shutdown(self, receives, sends):
        """Ends the directions that are true."""
        if not self.paired and self.family != _AF_UNIX:
            raise failure(ENOTCONN)
        peer = self.peer
        if receives:
            self.receives = False
        if sends:
            self.sends = False
        if peer is not None:
            peer.receives = peer.receives and not sends
            peer.sends = peer.sends and not receives
            peer.changed(ANYTHING)
        self.changed(ANYTHING)

    def released(self):
        peer, self.peer = self.peer, None
        if peer is not None:
            peer.peer = None
            peer.receives = peer.sends = False
            if self.buffer:
                peer.error = ECONNRESET
            peer.changed(ANYTHING)
