"""Processes under gevent: greenlets run while `subprocess` waits for one."""

# ruff: noqa: E402
# in: program
# expect: ['ticked', 'out 3', -15, 2, 'timed out', 5, 'one of two']
from gevent import monkey

monkey.patch_all()

import os
import signal
import subprocess
import sys

import gevent

seen = []
ticks = []


def tick():
    while True:
        ticks.append(1)
        gevent.sleep(0.001)


ticker = gevent.spawn(tick)
gevent.sleep(0)
program = "import sys; print('out', sys.stdin.read().strip()); sys.exit(3)"
ticks.clear()
command = [sys.executable, "-c", program]
result = subprocess.run(command, input="3", capture_output=True, text=True, check=False)
seen.append("ticked" if len(ticks) > 1 and result.returncode == 3 else (len(ticks), result))
seen.append(result.stdout.strip())

with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as sleeper:
    sleeper.send_signal(signal.SIGTERM)
seen.append(sleeper.returncode)

try:
    subprocess.run(["not-there"], check=True)
except FileNotFoundError as error:
    seen.append(error.errno)

try:
    subprocess.run([sys.executable, "-c", "import time; time.sleep(60)"], timeout=0.2, check=True)
except subprocess.TimeoutExpired:
    seen.append("timed out")

child = subprocess.Popen([sys.executable, "-c", "raise SystemExit(5)"])
seen.append(os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1]))

jobs = [
    gevent.spawn(subprocess.check_output, [sys.executable, "-c", f"print({n})"]) for n in (1, 2)
]
gevent.joinall(jobs)
seen.append("one of two" if [job.value for job in jobs] == [b"1\n", b"2\n"] else jobs)
ticker.kill()
print(seen)
