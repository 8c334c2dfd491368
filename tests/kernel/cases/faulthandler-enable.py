# expect: Fatal Python error: Floating-point exception | True | later, handled | True False False
"""`enable` dumps before a fatal signal is handled; a handler that is set later replaces it."""

import faulthandler
import signal
from pathlib import Path
from tempfile import mkdtemp

path = Path(mkdtemp()) / "dump"
file = path.open("a")
seen = []
signal.signal(signal.SIGFPE, lambda *args: seen.append("handled"))
faulthandler.enable(file)
assert faulthandler.is_enabled()
signal.signal(signal.SIGABRT, lambda *args: seen.append("later"))

signal.raise_signal(signal.SIGABRT)
assert path.read_text() == ""
signal.raise_signal(signal.SIGFPE)
head, _, stacks = path.read_text().partition("\n\n")
shown = stacks.startswith("Current thread 0x") and " in <module>\n" in stacks
ends = faulthandler.disable(), faulthandler.is_enabled(), faulthandler.disable()
signal.signal(signal.SIGFPE, signal.SIG_DFL)
signal.signal(signal.SIGABRT, signal.SIG_DFL)
print(head, shown, ", ".join(seen), " ".join(map(str, ends)), sep=" | ")
