"""What a program sees of signals to groups, of waiting, and of multiprocessing's resource tracker.

Each scenario says what it saw, in words without numbers that differ from run to run.
`../record-scenarios.ts` has a native CPython run this file and keeps what it prints; the kernel's
test runs it in the kernel and compares.
"""

import json
import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import traceback
from subprocess import PIPE

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


def attempt(seen, *calls):
    """What each call answers or raises; a function by its name, with its arguments."""
    for function, *arguments in calls:
        try:
            seen.say(function.__name__, function(*arguments))
        except Exception as error:
            seen.say(function.__name__, type(error).__name__, error)


def started(program="import time; print('up', flush=True); time.sleep(100)", **options):
    process = subprocess.Popen([PYTHON, "-c", program], stdout=PIPE, stdin=PIPE, **options)
    process.stdout.readline()
    return process


def names(process, *others):
    """Numbers by the names of what they are."""
    known = {process.pid: "CHILD", os.getpid(): "ME", os.getpgrp(): "MY GROUP"}
    return [known.get(other, other) for other in others]


@scenario
def who_is_in_which_group(seen):
    me = os.getpid()
    seen.say(os.getpgid(0) == os.getpgid(me) == os.getpgrp(), os.getsid(0) == os.getsid(me))
    same, apart, alone = started(), started(process_group=0), started(start_new_session=True)
    for process in (same, apart, alone):
        group, session = os.getpgid(process.pid), os.getsid(process.pid)
        seen.say(names(process, group, session)[0], session == os.getsid(0))
    joined = started(process_group=apart.pid)
    seen.say(os.getpgid(joined.pid) == apart.pid)
    try:
        started(process_group=same.pid)
    except OSError as error:
        seen.say(type(error).__name__, error)
    attempt(
        seen,
        (os.getpgid, 999_999),
        (os.getsid, 999_999),
        (os.setpgid, same.pid, 0),
        (os.setpgid, 999_999, 0),
        (os.setpgid, 0, -1),
        (os.setpgid, 0, 999_999),
    )
    own = (
        "import os; os.setpgid(0, 0); print(os.getpgrp() == os.getpid())\n"
        "try: os.setsid()\n"
        "except OSError as error: print(error)\n"
    )
    seen.say(python(own, stdout=PIPE).stdout)
    own = (
        "import os; print(os.setsid(), os.getsid(0) == os.getpid() == os.getpgrp())\n"
        "try: os.setpgid(0, 0)\n"
        "except OSError as error: print(error)\n"
    )
    seen.say(python(own, stdout=PIPE).stdout)
    seen.say(python("import os; print(os.setpgrp())", stdout=PIPE).stdout)
    for process in (same, apart, alone, joined):
        process.kill()
        process.wait()


@scenario
def signals_to_groups(seen):
    first, apart = started(), started(process_group=0)
    joined = started(process_group=apart.pid)
    os.killpg(apart.pid, signal.SIGTERM)
    seen.say(apart.wait(), joined.wait(), first.poll())
    attempt(seen, (os.killpg, apart.pid, 0), (os.killpg, 999_999, 9), (os.kill, 999_999, 0))
    attempt(seen, (os.kill, first.pid, 65), (os.kill, first.pid, -1), (os.kill, 999_999, 65))
    attempt(seen, (os.kill, os.getpid(), 0), (os.kill, os.getpid(), 65), (os.killpg, 0, 0))
    first.kill()
    attempt(seen, (os.waitpid, first.pid, os.WNOHANG | 4096), (os.kill, first.pid, 0))
    first.wait()
    # A whole group, with the one that sends.
    program = (
        "import os, signal, subprocess, sys\n"
        "wait = \"import time; print('up', flush=True); time.sleep(100)\"\n"
        "child = subprocess.Popen([sys.executable, '-c', wait], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "signal.signal(signal.SIGTERM, lambda *_: print('handled', flush=True))\n"
        "os.kill(0, signal.SIGTERM); print(child.wait())\n"
    )
    seen.say(python(program, stdout=PIPE, process_group=0).stdout)


@scenario
def waiting_for_groups(seen):
    def ends(code, **options):
        return subprocess.Popen([PYTHON, "-c", f"raise SystemExit({code})"], **options)

    apart = ends(3, process_group=0)
    held = started(process_group=apart.pid)
    same = ends(4)
    pid, status = os.waitpid(-apart.pid, 0)
    seen.say(pid == apart.pid, status)
    seen.say(os.waitpid(-apart.pid, os.WNOHANG))
    pid, status = os.waitpid(0, 0)
    seen.say(pid == same.pid, status)
    attempt(seen, (os.waitpid, 0, os.WNOHANG), (os.waitpid, -999_999, 0), (os.waitpid, 999_999, 0))
    held.kill()
    pid, status = os.waitpid(-apart.pid, 0)
    seen.say(pid == held.pid, status)
    attempt(seen, (os.waitpid, -1, 0), (os.wait,))
    # One that takes a group of its own after it has begun.
    program = "import os; input(); os.setpgid(0, 0); print('moved', flush=True); input()"
    moving = subprocess.Popen([PYTHON, "-c", program], stdout=PIPE, stdin=PIPE)
    moving.stdin.write(b"\n")
    moving.stdin.flush()
    moving.stdout.readline()
    attempt(seen, (os.waitpid, 0, os.WNOHANG))
    moving.stdin.close()
    seen.say(os.waitpid(-moving.pid, 0)[1])


@scenario
def waitid(seen):
    def told(process, result):
        number, status, code, signo = (
            result.si_pid,
            result.si_status,
            result.si_code,
            result.si_signo,
        )
        seen.say(names(process, number), status, code, signo, type(result).__name__)

    ended, running = subprocess.Popen([PYTHON, "-c", "raise SystemExit(7)"]), started()
    told(ended, os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT))
    told(ended, os.waitid(os.P_ALL, 0, os.WEXITED))
    seen.say(os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOHANG))
    seen.say(os.waitid(os.P_ALL, 0, os.WSTOPPED | os.WNOHANG))
    attempt(
        seen,
        (os.waitid, os.P_PID, ended.pid, os.WEXITED),
        (os.waitid, os.P_PID, running.pid, 0),
        (os.waitid, os.P_PID, 0, os.WEXITED),
        (os.waitid, os.P_PID, -1, os.WEXITED),
        (os.waitid, 17, running.pid, os.WEXITED),
        (os.waitid, os.P_PGID, 999_999, os.WEXITED),
        (os.waitid, os.P_PID, running.pid, os.WEXITED | 4096),
    )
    running.kill()
    told(running, os.waitid(os.P_PGID, os.getpgrp(), os.WEXITED))
    attempt(seen, (os.waitid, os.P_ALL, 0, os.WEXITED))


@scenario
def children_that_nobody_waits_for(seen):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    process = subprocess.Popen([PYTHON, "-c", "raise SystemExit(7)"])
    attempt(seen, (os.waitpid, process.pid, 0), (os.waitpid, -1, os.WNOHANG))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    seen.say(process.wait())


@scenario
def signals_that_a_child_inherits(seen):
    program = (
        "import signal as s\n"
        "told = [s.getsignal(one) for one in (s.SIGINT, s.SIGUSR1, s.SIGTERM, s.SIGPIPE)]\n"
        "print([one.name if one in s.Handlers else 'handler' for one in told])\n"
        "print(s.pthread_sigmask(s.SIG_BLOCK, ()))\n"
    )
    seen.say(python(program, stdout=PIPE).stdout)
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
    seen.say(python(program, stdout=PIPE).stdout)
    deaf = started()
    signal.signal(signal.SIGINT, previous)
    for signum in (signal.SIGUSR1, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR2})
    for signum in (signal.SIGINT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM):
        deaf.send_signal(signum)
    seen.say(deaf.wait())


@scenario
def other_ways_to_start_a_program(seen):
    here = dict(os.environ)

    def status(pid):
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    command = [PYTHON, "-c", "import sys; sys.exit(7)"]
    seen.say(status(os.posix_spawn(PYTHON, command, here)))
    seen.say(status(os.posix_spawnp(os.path.basename(PYTHON), command, here)))
    read, write = os.pipe()
    program = "import os; print(os.environ['ONE'], os.getpgrp() == os.getpid())"
    actions = [(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_CLOSE, 0)]
    options = {"file_actions": actions, "setpgroup": 0}
    pid = os.posix_spawn(PYTHON, [PYTHON, "-c", program], {**here, "ONE": "1"}, **options)
    os.close(write)
    with open(read) as file:
        seen.say(file.read(), status(pid))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out")
        flags = os.O_WRONLY | os.O_CREAT
        actions = [(os.POSIX_SPAWN_OPEN, 1, path, flags, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2)]
        program = "import sys; print('out', flush=True); print('err', file=sys.stderr)"
        seen.say(
            status(os.posix_spawn(PYTHON, [PYTHON, "-c", program], here, file_actions=actions))
        )
        with open(path) as file:
            seen.say(file.read())
        with open(path, "w") as out:
            python(program, stdout=out, stderr=subprocess.STDOUT)
            seen.say(os.lseek(out.fileno(), 0, os.SEEK_END))
    actions = [(os.POSIX_SPAWN_CLOSE, 0)]
    program = "import sys; sys.exit(0 if sys.stdin is None else 1)"
    seen.say(status(os.posix_spawn(PYTHON, [PYTHON, "-c", program], here, file_actions=actions)))
    attempt(
        seen,
        (os.posix_spawn, "/no/such", ["x"], here),
        (os.posix_spawnp, "no-such", ["x"], here),
        (os.posix_spawn, "/tmp", ["x"], here),
        (os.posix_spawn, PYTHON, [], here),
        (os.posix_spawn, PYTHON, [""], here),
        (os.posix_spawn, PYTHON, "x", here),
        (os.execv, "/no/such", ["x"]),
        (os.execve, "/no/such", ["x"], here),
        (os.execvp, "no-such", ["x"]),
        (os.execv, PYTHON, []),
    )
    for actions in ([(99, 1)], [()], [5], [(os.POSIX_SPAWN_DUP2, 999, 1)]):
        try:
            os.posix_spawn(PYTHON, command, here, file_actions=actions)
        except Exception as error:
            seen.say(type(error).__name__, error)
    program = "import signal as s; print(s.pthread_sigmask(s.SIG_BLOCK, ()), flush=True)"
    program += "; print(s.getsignal(s.SIGUSR1).name)"
    read, write = os.pipe()
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    options = {"setsigmask": [signal.SIGUSR2], "setsigdef": [signal.SIGUSR1], "setsid": True}
    actions = [(os.POSIX_SPAWN_DUP2, write, 1)]
    pid = os.posix_spawn(PYTHON, [PYTHON, "-c", program], here, file_actions=actions, **options)
    os.close(write)
    signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    with open(read) as file:
        seen.say(file.read(), status(pid))


@scenario
def how_many_processors_a_child_is_told_of(seen):
    program = "import os; print(os.cpu_count(), os.process_cpu_count())"

    def told(*options, **variables):
        command = [PYTHON, *options, "-c", program]
        seen.say(subprocess.check_output(command, env={**os.environ, **variables}))

    told("-X", "cpu_count=3")
    told(PYTHON_CPU_COUNT="5")
    told("-X", "cpu_count=3", PYTHON_CPU_COUNT="5")
    most = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {most, most + 1000})
    seen.say(os.sched_getaffinity(0) == {most}, os.process_cpu_count())
    attempt(seen, (os.sched_setaffinity, 0, {most + 1000}), (os.sched_getaffinity, 999_999))


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
