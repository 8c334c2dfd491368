"""A signal ends a run that waits, as Ctrl+C does, and the handler is put back."""
# expect: interrupted True True

import signal
import threading

import trio


async def main():
    threading.Timer(0.05, signal.raise_signal, [signal.SIGINT]).start()
    try:
        await trio.sleep_forever()
    finally:
        print(end="interrupted ")


before = signal.getsignal(signal.SIGINT)
try:
    trio.run(main)
except KeyboardInterrupt:
    print(True, signal.getsignal(signal.SIGINT) is before)
