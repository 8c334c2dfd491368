"""What a program sees of signals to groups, of waiting, and of multiprocessing's resource tracker.

Each scenario says what it saw, in words without numbers that differ from run to run.
`../record-scenarios.ts` has a native CPython run this file and keeps what it prints; the kernel's
test runs it in the kernel and compares.
"""

import json
import os
import platform
import re
import subprocess
import sys
import traceback

if sys.platform == "emscripten":
    from _os_kernel.proc import seam

    seam.install()

PYTHON = sys.executable
LIBRARY = os.path.dirname(os.__file__)
scenarios = {}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


class Seen:
    def __init__(self):
        self.lines = []

    def say(self, *words):
        told = " ".join(map(str, words))
        told = told.replace(PYTHON, "PYTHON").replace(LIBRARY, "LIBRARY")
        # The library's lines stand elsewhere in another release.
        told = re.sub(r"(LIBRARY\S+)(:|\", line )\d+", r"\1\2N", told)
        # Where the library is an archive, CPython 3.14.2 shows no line of it after a warning;
        # 3.14.10 does (`linecache._read_from_archive`).
        self.lines.append(
            re.sub(r"(LIBRARY\S+ UserWarning: .*\n)  warnings\.warn\(.*\n", r"\1", told)
        )


def python(program, *words, **options):
    return subprocess.run([PYTHON, "-c", program, *words], text=True, **options)  # noqa: PLW1510


TRACKED = """
import os, sys, time
from multiprocessing import resource_tracker as module
tracker = module._resource_tracker
def ended():
    tracker._stop()
    return tracker._exitcode
"""


def tracked(seen, program, *options):
    command = [PYTHON, *options, "-c", TRACKED + program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seen.say(done.returncode, done.stdout, done.stderr)


@scenario
def a_tracker_that_has_nothing_to_say(seen):
    tracked(seen, "print(tracker._pid); tracker.ensure_running(); print(ended())")
    tracked(
        seen,
        "module.register('a', 'semaphore'); module.register('a', 'semaphore')\n"
        "module.register('b', 'dummy'); module.unregister('a', 'semaphore')\n"
        "module.unregister('b', 'dummy'); print(ended())",
    )
    # A name that is no ASCII, and a line that is no request.
    tracked(
        seen,
        "tracker._use_simple_format = False\n"
        "module.register('é\\n', 'dummy'); module.register('a', 'dummy')\n"
        "tracker._use_simple_format = True\n"
        "module.unregister('a', 'dummy'); tracker._send('UNREGISTER', 'é\\n', 'dummy')\n"
        "print(ended())",
    )
    tracked(seen, "module.register('left', 'dummy'); print(ended())")
    tracked(
        seen, "tracker.ensure_running(); os.write(tracker._fd, b'PROBE:0:noop')\nprint(ended())"
    )


@scenario
def a_tracker_that_has_something_to_say(seen):
    tracked(seen, "module.unregister('never', 'semaphore'); print(ended())")
    tracked(seen, "module.register('one', 'nonsense'); print(ended())")
    tracked(seen, "tracker._send('FORGET', 'one', 'dummy'); print(ended())")
    tracked(seen, "tracker.ensure_running(); os.write(tracker._fd, b'what\\n'); print(ended())")
    tracked(seen, "tracker.ensure_running(); os.write(tracker._fd, b'{}\\n'); print(ended())")
    tracked(seen, "module.register('left', 'noop'); print(ended())")
    tracked(seen, "module.register('left', 'noop'); print(ended())", "-W", "ignore")
    # What is said goes on being noted.
    tracked(
        seen,
        "module.register('one', 'dummy'); module.unregister('two', 'dummy')\n"
        "module.unregister('one', 'dummy'); module.register('three', 'noop'); print(ended())",
    )


@scenario
def a_tracker_at_the_end_of_its_program(seen):
    tracked(seen, "module.register('left', 'noop'); print('done')")
    tracked(seen, "module.register('left', 'noop'); os._exit(3)")


@scenario
def a_tracker_and_signals(seen):
    for signum in ("SIGINT", "SIGTERM", "SIGUSR1", "SIGKILL"):
        tracked(
            seen,
            "import signal, warnings\n"
            f"tracker.ensure_running(); first = tracker._pid; module.register('x', 'dummy')\n"
            f"time.sleep(.3); os.kill(first, signal.{signum})\n"
            f"if '{signum}' in ('SIGINT', 'SIGTERM'):\n"
            "  time.sleep(.3); print(tracker._check_alive(), os.waitpid(first, os.WNOHANG))\n"
            "else:\n"
            "  print(os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]), tracker._check_alive())\n"
            "with warnings.catch_warnings(record=True) as caught:\n"
            "  warnings.simplefilter('always')\n"
            "  tracker.ensure_running()\n"
            "print([str(one.message) for one in caught], tracker._pid == first)\n"
            "tracker._check_alive() and print(ended())",
        )


@scenario
def a_tracker_that_children_share(seen):
    tracked(
        seen,
        "import subprocess\n"
        "fd = module.getfd(); module.register('kept', 'dummy')\n"
        "os.set_inheritable(fd, True)\n"
        "lines = [b'UNREGISTER:kept:dummy\\n', b'x\\n']\n"
        "child = f'import os; [os.write({fd}, line) for line in {lines}]'\n"
        "print(subprocess.run([sys.executable, '-c', child], pass_fds=[fd]).returncode)\n"
        "print(ended())",
    )


def run(function):
    seen = Seen()
    try:
        function(seen)
    except Exception as error:
        lines = traceback.format_exception_only(error)
        seen.say("ended by", lines[-1].strip())
    return seen.lines


def main():
    wanted = sys.argv[1:]
    chosen = {name: f for name, f in scenarios.items() if not wanted or name in wanted}
    told = {name: run(function) for name, function in chosen.items()}
    version = platform.python_version()
    print(json.dumps({"python": version, "system": platform.platform(), "scenarios": told}))


if __name__ == "__main__":
    main()
