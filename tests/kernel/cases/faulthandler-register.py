# expect: ['current', 'stack', 'chained', 'handled'] False True
"""A registered signal dumps and ends nothing; with `chain` the handler before it runs as well."""

import faulthandler
import os
import signal
from pathlib import Path
from tempfile import mkdtemp

path = Path(mkdtemp()) / "dump"
file = path.open("a")
seen = []


def look():
    text = path.read_text()
    file.truncate(0)
    assert "_kernel" not in text, text
    return text


def send():
    os.kill(os.getpid(), signal.SIGUSR1)


def inner():
    send()


faulthandler.register(signal.SIGUSR1, file=file)
inner()
text = look()
if text.startswith("Current thread 0x") and text.index(" in send\n") < text.index(" in inner\n"):
    seen.append("current")

faulthandler.register(signal.SIGUSR1, file=file, all_threads=False)
inner()
if look().startswith("Stack (most recent call first):\n  File "):
    seen.append("stack")

faulthandler.unregister(signal.SIGUSR1)
signal.signal(signal.SIGUSR1, lambda signum, frame: seen.append("handled"))
faulthandler.register(signal.SIGUSR1, file=file, chain=True)
inner()
if " in inner\n" in look():
    seen.insert(2, "chained")

faulthandler.unregister(signal.SIGUSR1)
print(seen, faulthandler.unregister(signal.SIGUSR1), signal.getsignal(signal.SIGUSR1) is not None)
