"""What a `Connection` between two processes costs: an echo by size, and a stream one way.

Runs in the readers' kernel and in native CPython alike. Prints a line of JSON for each figure.

Invariant: every answer is compared with what was sent.
"""

import json
import multiprocessing
import statistics
import time

SIZES = {"1 B": 1, "1 kB": 1000, "64 kB": 64_000, "1 MB": 1_000_000}
_PIECE, _PIECES = 64_000, 200


def echo(end):
    """Sends back what comes, until the other end is closed."""
    end.send("begun")
    while True:
        try:
            end.send_bytes(end.recv_bytes())
        except EOFError:
            return


def swallow(end):
    """Takes all that comes, and tells how much it was."""
    end.send("begun")
    end.send(sum(len(end.recv_bytes()) for _ in range(_PIECES)))


def figure(name, value, unit):
    print("@@", json.dumps({"name": name, "value": value, "unit": unit}), sep="", flush=True)


def trips(end, size):
    """Microseconds for each of several echoes."""
    message = bytes(size)
    for _ in range(max(10, min(200, 4_000_000 // size))):
        began = time.perf_counter()
        end.send_bytes(message)
        answer = end.recv_bytes()
        yield (time.perf_counter() - began) * 1e6
        assert answer == message


def started(context, target):
    """The end of a connection whose other end a process has that has begun, and the process."""
    ours, its = context.Pipe()
    process = context.Process(target=target, args=(its,))
    process.start()
    its.close()
    assert ours.recv() == "begun"
    return ours, process


def main():
    context = multiprocessing.get_context("spawn")
    ours, process = started(context, echo)
    for name, size in SIZES.items():
        figure(f"echo of {name}", statistics.median(trips(ours, size)), "us")
    ours.close()
    process.join()
    ours, process = started(context, swallow)
    began = time.perf_counter()
    for _ in range(_PIECES):
        ours.send_bytes(bytes(_PIECE))
    assert ours.recv() == _PIECE * _PIECES
    seconds = time.perf_counter() - began
    figure("one way, in pieces of 64 kB", _PIECE * _PIECES / seconds / 1e6, "MB/s")
    ours.close()
    process.join()


if __name__ == "__main__":
    main()
