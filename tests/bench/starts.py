"""Cells of `starts.ts`: what it takes until the first statement of a new process."""

import json
import statistics
import subprocess
import sys
import time

PROGRAM = "import time; print(time.monotonic())"


def report(name, value, unit):
    print("@@" + json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


def start(**options):
    """Milliseconds from `Popen` to the first statement of the child."""
    before = time.monotonic()
    told = subprocess.check_output([sys.executable, "-c", PROGRAM], **options)
    return (float(told) - before) * 1e3


def cold(tries=5):
    # Nobody can have waited with the hashes of this seed.
    environment = {"PYTHONHASHSEED": "1"}
    report("cold", statistics.median(start(env=environment) for _ in range(tries)), "ms")


def waiting(tries=9):
    times = []
    for _ in range(tries):
        # Until an interpreter waits, at the latest.
        time.sleep(3)
        times.append(start())
    report("waiting", statistics.median(times), "ms")


def idle(count):
    """Starts so many processes that wait for their input to end."""
    for _ in range(count):
        process = subprocess.Popen(
            [sys.executable, "-c", "print('here', flush=True); input()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        process.stdout.readline()
        PROCESSES.append(process)


PROCESSES = []
