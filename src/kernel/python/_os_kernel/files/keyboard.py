"""Standard input: the keyboard of whoever shows the program, or a pipe that they feed.

Invariant: something is asked for only when a thread waits for it, one request at a time, and only
the threads that wait for it are blocked.
"""

import io
import sys
from errno import EAGAIN, EBADF

from .. import machine
from ..sched import fiber, inbox
from . import table, terminal, waiting
from .events import IN, READABLE, WRITABLE
from .open_file import O_ACCMODE, O_NONBLOCK, O_RDWR, OpenFile, failure

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Buffer


class Keyboard:
    """What has been typed and not read, and the request that is open."""

    def __init__(self) -> None:
        self.data = b""
        self.ended = False
        #: The number of the request that is open.
        self.asked: int | None = None
        #: The open files that it can be read by.
        self.files: dict[KeyboardFile, None] = {}

    def ask(self) -> None:
        if self.asked is None and not self.ended and not self.data:
            self.asked = machine.ask(terminal.secret())
            fiber.cpu.external += 1

    def take(self, size: int | None) -> bytes:
        """At most `size` bytes, all for None; b"" for the end."""
        if not self.data:
            if not self.ended:
                raise failure(EAGAIN)
            # The end of a terminal's input is the end of one read, that of a pipe is for ever.
            self.ended = not machine.terminal()
        taken, self.data = self.data[:size], self.data[len(self.data) if size is None else size :]
        return taken

    def withdraw(self) -> None:
        """Nobody waits for an answer any more."""
        if self.asked is not None and not any(file.watchers for file in self.files):
            self._close()
            machine.withdraw()

    def _close(self) -> None:
        self.asked = None
        fiber.cpu.external -= 1

    def answer(self, arrival: machine.InputArrival) -> None:
        # An answer may come when the program has stopped to wait for it.
        if arrival.request != self.asked:
            return
        self._close()
        if arrival.text is None:
            self.ended = True
        else:
            self.data += arrival.text.encode("utf-8", "surrogateescape")
        for file in list(self.files):
            file.changed(READABLE)

    def flush(self) -> None:
        """Drops what was typed and not read."""
        self.data = b""
        self.ended = False


class KeyboardFile(OpenFile):
    """The keyboard, opened."""

    __slots__ = ("keyboard",)

    mode = 0o020620
    label = "/dev/pts"

    def __init__(self, keyboard: Keyboard, flags: int = O_RDWR) -> None:
        OpenFile.__init__(self, flags)
        self.keyboard = keyboard
        keyboard.files[self] = None

    def poll(self) -> int:
        ready = READABLE if self.keyboard.data or self.keyboard.ended else 0
        return ready | WRITABLE if machine.terminal() else ready

    def read(self, size: int) -> bytes:
        return self.keyboard.take(size)

    def write(self, data: Buffer) -> int:
        """A terminal shows what is written to it."""
        import posix

        return posix.write(1, data)

    def available(self) -> int:
        return len(self.keyboard.data)

    def awaited(self, events: int) -> None:
        if events & IN:
            self.keyboard.ask()

    def abandoned(self) -> None:
        self.keyboard.withdraw()

    def reopen(self, flags: int) -> KeyboardFile:
        return KeyboardFile(self.keyboard, flags & (O_ACCMODE | O_NONBLOCK))

    def released(self) -> None:
        del self.keyboard.files[self]


class Stdin(io.BufferedIOBase):
    """What stands under `sys.stdin`. Reads as `BufferedReader` does, but holds no lock of C's."""

    name = "<stdin>"
    mode = "rb"

    def __init__(self) -> None:
        self._ahead = b""

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def isatty(self) -> bool:
        return isinstance(table.own(0), KeyboardFile) and machine.terminal()

    def _take(self, size: int | None) -> bytes:
        """At most `size` bytes, a line of a terminal for None."""
        if not self._ahead:
            return _read_standard_input(size)
        end = len(self._ahead) if size is None else size
        taken, self._ahead = self._ahead[:end], self._ahead[end:]
        return taken

    def peek(self, size: int = 0, /) -> bytes:
        if not self._ahead:
            self._ahead = self._take(None)
        return self._ahead

    def read1(self, size: int | None = -1, /) -> bytes:
        return self._take(None if size is None or size < 0 else size)

    def read(self, size: int | None = -1, /) -> bytes:
        parts, missing = [], None if size is None or size < 0 else size
        while missing != 0 and (part := self._take(missing)):
            parts.append(part)
            if missing is not None:
                missing -= len(part)
        return b"".join(parts)

    def drop(self) -> None:
        """Forgets what was looked at and not read."""
        self._ahead = b""


_CHUNK = 1 << 16


def _read_standard_input(size: int | None) -> bytes:
    file = table.find(0)
    if file is None:
        raise failure(EBADF)
    if isinstance(file, table.Foreign):
        import posix

        return posix.read(0, _CHUNK if size is None else size)
    result = waiting.read(file, _CHUNK if size is None else size)
    if isinstance(result, OSError):
        raise result
    return result


_keyboard = Keyboard()
_stdin = Stdin()


def install() -> None:
    """Opens descriptor 0 and puts `sys.stdin` over it."""
    import posix

    terminal.reset()
    posix.close(0)
    table.open(KeyboardFile(_keyboard), inheritable=True, fd=0)
    inbox.handlers["input"] = _keyboard.answer
    stdin = io.TextIOWrapper(_stdin, encoding="utf-8", errors="strict", newline="\n")
    stdin.mode = "r"  # pyright: ignore[reportAttributeAccessIssue]: as CPython does
    sys.stdin = sys.__stdin__ = stdin


def flush() -> None:
    """Drops what was typed and not read."""
    _keyboard.flush()
    _stdin.drop()


def begin() -> None:
    """A cell begins: nothing is left of what was typed for another, as when a shell takes over."""
    terminal.reset()
    flush()
    file = table.find(0)
    if file is None:
        # The cell before has closed it, as `open(0)` does when freed.
        table.open(KeyboardFile(_keyboard), inheritable=True, fd=0)
    elif isinstance(file, KeyboardFile):
        table.set_flags(0, O_RDWR)
