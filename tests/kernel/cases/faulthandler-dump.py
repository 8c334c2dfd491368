# expect: Current thread: f, g | Stack: f, g | ValueError, RuntimeError, RuntimeError, ValueError
"""A dump has CPython's form, and nothing of what runs the program."""

import faulthandler
import signal
import sys
from pathlib import Path
from tempfile import mkdtemp

path = Path(mkdtemp()) / "dump"
file = path.open("a")


def f(all_threads):
    faulthandler.dump_traceback(file, all_threads)


def g(all_threads):
    f(all_threads)


def shown():
    text = path.read_text()
    file.truncate(0)
    head, *lines = text.splitlines()
    assert all(line.startswith('  File "') for line in lines), text
    assert "_kernel" not in text, text
    calls = [line.rpartition(" in ")[2] for line in lines]
    start = head.partition(" 0x")[0] if "0x" in head else head.partition(" ")[0]
    return f"{start}: {', '.join(calls[:2])}"


g(True)
everything = shown()
g(False)
one = shown()
errors = []
for call in (
    lambda: faulthandler.dump_traceback_later(0),
    lambda: faulthandler.register(signal.SIGSEGV),
    lambda: faulthandler.unregister(signal.SIGABRT),
    lambda: faulthandler.register(1000),
):
    try:
        call()
    except Exception as error:
        errors.append(type(error).__name__)
assert faulthandler.is_enabled() in (True, False) and sys.stderr is not None
print(everything, one, ", ".join(errors), sep=" | ")
