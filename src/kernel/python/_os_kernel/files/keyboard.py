"""Standard input: descriptor 0, at which whoever shows the program types, or a pipe that they feed.

Invariant: something is asked for only when a thread waits for it, one request at a time, and only
the threads that wait for it are blocked.
"""

import io
import posix
import sys

from .. import machine
from ..sched import fiber, inbox
from ..sched.wait import WaitQueue
from ..seam.declare import Face
from . import descriptors, terminal
from .descriptors import IN, OUT, Endpoint

face = Face("posix", also=("os",))
_native_read = posix.read


class Keyboard(Endpoint):
    """What the kernel of an operating system keeps for descriptor 0."""

    __slots__ = ("asked", "data", "ended")

    def __init__(self):
        self.fd = 0
        self.waits = WaitQueue()
        self.data = b""
        self.ended = False
        #: The number of the request that is open.
        self.asked = None
        descriptors.table[0] = self

    def poll(self):
        ready = IN if self.data or self.ended else 0
        return ready | OUT if machine.terminal() else ready

    def awaited(self):
        if self.asked is None and not self.ended and not self.data:
            self.asked = machine.ask(terminal.secret())
            fiber.cpu.external += 1

    def take(self, size):
        """`read(2)`, of any size for None: at most one line of a terminal, b"" for its end."""
        while not self.data and not self.ended:
            try:
                descriptors.wait([(0, IN)], None)
            except BaseException:
                if not self.waits:
                    self.withdraw()
                raise
        if not self.data:
            # The end of a terminal's input is the end of one read, that of a pipe is for ever.
            self.ended = not machine.terminal()
        end = len(self.data) if size is None else size
        taken, self.data = self.data[:end], self.data[end:]
        return taken

    def withdraw(self):
        if self.asked is not None:
            self._close()
            machine.withdraw()

    def _close(self):
        self.asked = None
        fiber.cpu.external -= 1

    def answer(self, arrival):
        # An answer may come when the program has stopped to wait for it.
        if arrival.request != self.asked:
            return
        self._close()
        if arrival.text is None:
            self.ended = True
        else:
            self.data += arrival.text.encode("utf-8", "surrogateescape")
        self.changed()

    def flush(self):
        """Drops what was typed and not read."""
        self.data = b""
        self.ended = False


class Stdin(io.BufferedIOBase):
    """What stands under `sys.stdin`. Reads as `BufferedReader` does, but holds no lock of C's."""

    name = "<stdin>"
    mode = "rb"

    def __init__(self, keyboard):
        self._keyboard = keyboard

    def readable(self):
        return True

    def fileno(self):
        return 0

    def isatty(self):
        return machine.terminal()

    def peek(self, size=0, /):
        keyboard = self._keyboard
        keyboard.data = keyboard.take(None)
        return keyboard.data

    def read1(self, size=-1, /):
        return self._keyboard.take(None if size is None or size < 0 else size)

    def read(self, size=-1, /):
        parts, missing = [], None if size is None or size < 0 else size
        while missing != 0 and (part := self._keyboard.take(missing)):
            parts.append(part)
            if missing is not None:
                missing -= len(part)
        return b"".join(parts)


@face
def read(fd, length, /):
    """Read from a file descriptor.  Returns a bytes object."""
    if fd == 0 and 0 in descriptors.table:
        if length < 0:
            raise OSError(22, "Invalid argument")
        return descriptors.table[0].take(length) if length else b""
    return _native_read(fd, length)


def install():
    """Opens descriptor 0 and puts `sys.stdin` over it."""
    terminal.reset()
    keyboard = Keyboard()
    inbox.handlers["input"] = keyboard.answer
    stdin = io.TextIOWrapper(Stdin(keyboard), encoding="utf-8", errors="strict", newline="\n")
    stdin.mode = "r"
    sys.stdin = sys.__stdin__ = stdin


def begin():
    """A cell begins: nothing is left of what was typed for another, as when a shell takes over."""
    terminal.reset()
    descriptors.table[0].flush()
    try:
        posix.fstat(0)
    except OSError:
        # The cell before has closed it, as `open(0)` does when freed; the lowest number is next.
        posix.open("/dev/stdin", posix.O_RDONLY)
