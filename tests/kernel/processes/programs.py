"""What a program sees of the processes that it starts: `subprocess`, asyncio's, multiprocessing's.

Each scenario says what it saw, in words without numbers that differ from run to run.
`../record-scenarios.ts` has a native CPython run this file and keeps what it prints; the kernel's
test runs it in the kernel and compares.
"""

import asyncio
import json
import multiprocessing
import os
import platform
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT

PYTHON = sys.executable
scenarios = {}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


class Seen:
    def __init__(self):
        self.lines = []

    def say(self, *words):
        self.lines.append(" ".join(map(str, words)).replace(PYTHON, "PYTHON"))


def python(program, *words, **options):
    return subprocess.run([PYTHON, "-c", program, *words], text=True, **options)  # noqa: PLW1510


def told(done):
    return done.returncode, done.stdout, done.stderr


@scenario
def output_and_exit_code(seen):
    seen.say(told(python("print('hello'); raise SystemExit(3)", stdout=PIPE)))
    seen.say(subprocess.check_output([PYTHON, "-c", "import sys; print(sys.argv)", "a", "b c"]))
    seen.say(told(python("import sys; sys.exit('bad')", capture_output=True)))
    seen.say([python(f"import os; os._exit({code})").returncode for code in (0, 1, 77, 255)])
    both = "import sys; print('out', flush=True); print('err', file=sys.stderr)"
    seen.say(told(python(both, stdout=PIPE, stderr=STDOUT)))
    seen.say(told(python("print('nothing')", stdout=DEVNULL)))


@scenario
def what_a_program_ends_with(seen):
    seen.say(told(python("1/0", capture_output=True)))
    seen.say(told(python("def", capture_output=True)))
    seen.say(
        told(python("import atexit; atexit.register(print, 'last'); print('first')", stdout=PIPE))
    )
    threads = (
        "import threading, time;"
        "threading.Thread(target=lambda: (time.sleep(.05), print('thread'))).start()"
    )
    seen.say(told(python(threads, stdout=PIPE)))


@scenario
def command_line(seen):
    def run(*words, **options):
        done = subprocess.run(
            [PYTHON, *words], capture_output=True, text=True, check=False, **options
        )
        seen.say([os.path.basename(word) for word in words[:2]], told(done))

    run("-m", "json.tool", input='{"a": 1}')
    run("-", "x", input="import sys; print(sys.argv)")
    run(input="print(6 * 7)")
    run("/no/such/file.py")
    run("-m", "nosuchmodule")
    run("-Z")
    run(
        "-W",
        "error",
        "-c",
        "import warnings\ntry: warnings.warn('w')\nexcept UserWarning: print('raised')",
    )
    run("-X", "some=thing", "-c", "import sys; print(sys._xoptions['some'])")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program.py")
        program.write_text(
            "import helper, os, sys; print(helper.x, os.path.basename(sys.argv[0]), __name__)"
        )
        Path(folder, "helper.py").write_text("x = 'helped'")
        run(str(program))
        run("-m", "program", cwd=folder)


@scenario
def environment_and_folder(seen):
    environment = {"ONE": "1", "LC_CTYPE": "C.UTF-8"}
    seen.say(told(python("import os; print(sorted(os.environ))", env=environment, stdout=PIPE)))
    os.environ["HANDED_ON"] = "yes"
    seen.say(told(python("import os; print(os.environ['HANDED_ON'])", stdout=PIPE)))
    seen.say(told(python("import os; print(os.getcwd())", cwd="/tmp", stdout=PIPE)))


@scenario
def where_modules_are_looked_for(seen):
    first = "import sys; print([p for p in sys.path if '.zip' not in p and '/lib' not in p])"
    for words in (["-c", first], ["-I", "-c", first], ["-P", "-c", first], ["-"]):
        said = subprocess.check_output([PYTHON, *words], input=first.encode())
        seen.say(words[0], said)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "program.py")
        Path(path).write_text(first)
        seen.say(subprocess.check_output([PYTHON, path], text=True).replace(folder, "FOLDER"))
        environment = {"PYTHONPATH": "/somewhere:/else"}
        seen.say(subprocess.check_output([PYTHON, "-c", first], env=environment))


@scenario
def what_cannot_be_started(seen):
    for command, options in [
        (["no-such-program"], {}),
        (["/no/such/program"], {}),
        ([PYTHON, "-c", "1"], {"cwd": "/no/such/folder"}),
    ]:
        try:
            subprocess.run(command, check=True, **options)
        except OSError as error:
            seen.say(type(error).__name__, error)
    try:
        python("raise SystemExit(2)", check=True)
    except subprocess.CalledProcessError as error:
        seen.say(error.returncode, error)


@scenario
def what_is_no_command(seen):
    for words, options in (
        ([PYTHON, "-c", "pass\0"], {}),
        ([PYTHON, "-c", "pass"], {"env": {"A": "b\0"}}),
        ([PYTHON, "-c", "pass"], {"env": {"A\0": "b"}}),
        ([PYTHON, "-c", "pass"], {"env": {"A=B": "c"}}),
        ([PYTHON, "-c", "pass"], {"cwd": "/tmp\0"}),
        ([PYTHON, "-c", "pass"], {"pass_fds": [-1]}),
        ([PYTHON, "-c", "pass"], {"user": 2**64}),
        ([PYTHON, "-c", "pass"], {"group": -2}),
        ([], {}),
    ):
        try:
            subprocess.run(words, **options)  # noqa: PLW1510
            seen.say("no error", options)
        except Exception as error:
            seen.say(type(error).__name__, error)


@scenario
def all_descriptors_passed_on(seen):
    read, write = os.pipe()
    os.set_inheritable(write, True)
    program = f"import os; os.write({write}, b'open')"
    seen.say(subprocess.run([PYTHON, "-c", program], close_fds=False, check=False).returncode)
    seen.say(os.read(read, 10))
    os.close(read)
    os.close(write)


@scenario
def modes_of_new_files(seen):
    program = "import os; print(oct(os.umask(0)))"
    before = os.umask(0o27)
    seen.say(subprocess.check_output([PYTHON, "-c", program]))
    seen.say(subprocess.check_output([PYTHON, "-c", program], umask=0o77))
    seen.say(oct(os.umask(before)))


@scenario
def much_data_both_ways(seen):
    program = (
        "import sys; d = sys.stdin.buffer.read();"
        "sys.stdout.buffer.write(d[::-1]); sys.stderr.write(str(len(d)))"
    )
    data = bytes(range(256)) * 2048
    process = subprocess.Popen([PYTHON, "-c", program], stdin=PIPE, stdout=PIPE, stderr=PIPE)
    out, err = process.communicate(data)
    seen.say(out == data[::-1], err, process.returncode)


@scenario
def a_conversation(seen):
    program = "while line := input():\n  print(int(line) ** 2)"
    process = subprocess.Popen(
        [PYTHON, "-u", "-c", program], stdin=PIPE, stdout=PIPE, text=True, bufsize=1
    )
    for number in range(4):
        process.stdin.write(f"{number}\n")
        seen.say(process.stdout.readline())
    process.stdin.write("\n")
    seen.say(process.wait(), process.poll())


@scenario
def output_without_a_buffer(seen):
    program = "import sys; print('ready'); sys.stdin.read(); print('end')"
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    for words, more in ((["-u"], {}), ([], {"PYTHONUNBUFFERED": "1"})):
        run = [PYTHON, *words, "-c", program]
        environment = plain | more
        with subprocess.Popen(run, stdin=PIPE, stdout=PIPE, text=True, env=environment) as child:
            seen.say("before its end:", select.select([child.stdout], [], [], 10)[0] != [])
            seen.say(child.communicate())
    shown = "import sys; print(type(sys.stdout.buffer).__name__, sys.stdout.line_buffering)"
    for words in (["-u"], []):
        run = [PYTHON, *words, "-c", shown]
        seen.say(subprocess.check_output(run, text=True, env=plain))


@scenario
def a_program_from_standard_input(seen):
    program = "print(__name__, __file__, __spec__, sorted(vars()))"
    seen.say(subprocess.check_output([PYTHON, "-"], input=program, text=True))


@scenario
def what_select_says_of_a_pipe(seen):
    program = "import os\nfor i in range(50): os.write(1, b'word')"
    process = subprocess.Popen([PYTHON, "-c", program], stdout=PIPE)
    pipe = process.stdout.fileno()
    os.set_blocking(pipe, False)
    received, in_vain = b"", 0
    while True:
        select.select([pipe], [], [])
        try:
            part = os.read(pipe, 10)
        except BlockingIOError:
            in_vain += 1
            continue
        if not part:
            break
        received += part
    process.stdout.close()
    seen.say(len(received), in_vain, process.wait())


@scenario
def what_select_says_of_a_pipe_with_two_readers(seen):
    # The other holds the end, too, and reads nothing.
    reader, writer = os.pipe()
    other = subprocess.Popen([PYTHON, "-c", "input()"], stdin=PIPE, pass_fds=[reader])
    os.set_blocking(reader, False)
    received, in_vain = b"", 0
    for _ in range(20):
        os.write(writer, b"words")
        for size in (3, 2):
            select.select([reader], [], [])
            try:
                received += os.read(reader, size)
            except BlockingIOError:
                in_vain += 1
    other.communicate(b"\n")
    os.close(writer)
    select.select([reader], [], [])
    seen.say(received == 20 * b"words", in_vain, os.read(reader, 10), other.returncode)
    os.close(reader)


@scenario
def what_a_process_has_just_done_to_a_pipe(seen):
    def read():
        try:
            return os.read(reader, 10)
        except BlockingIOError as error:
            return error.strerror

    # The other holds both ends until it ends.
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    other = subprocess.Popen([PYTHON, "-c", "input()"], stdin=PIPE, pass_fds=[reader, writer])
    poll = select.epoll()
    poll.register(reader, select.EPOLLIN)
    seen.say(read(), select.select([reader], [], [], 0), poll.poll(0))
    os.write(writer, b"written")
    seen.say(read(), read())
    os.write(writer, b"more")
    seen.say(len(select.select([reader], [], [], 0)[0]), read())
    os.write(writer, b"still more")
    seen.say(len(poll.poll(0)), read())
    other.communicate(b"\n")
    seen.say(read())
    os.close(writer)
    seen.say(read(), read())
    # The other's end is the last one.
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    other = subprocess.Popen([PYTHON, "-c", "input()"], stdin=PIPE, pass_fds=[writer])
    os.close(writer)
    seen.say(read())
    other.communicate(b"\n")
    seen.say(read())
    poll.close()
    os.close(reader)


@scenario
def a_pipeline(seen):
    first = subprocess.Popen([PYTHON, "-c", "for i in range(5): print(i)"], stdout=PIPE)
    second = subprocess.Popen(
        [PYTHON, "-c", "import sys; print(sum(map(int, sys.stdin)))"],
        stdin=first.stdout,
        stdout=PIPE,
    )
    first.stdout.close()
    seen.say(second.communicate()[0], first.wait(), second.returncode)


@scenario
def a_reader_that_goes_away(seen):
    program = "for i in range(10 ** 6): print('y' * 100)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    process = subprocess.Popen([PYTHON, "-c", program], stdout=PIPE, stderr=PIPE, env=environment)
    process.stdout.readline()
    process.stdout.close()
    seen.say(process.stderr.read().decode(), process.wait())


def killed(seen, signum, program="import time; print('up', flush=True); time.sleep(100)"):
    process = subprocess.Popen([PYTHON, "-c", program], stdout=PIPE, stderr=PIPE, text=True)
    process.stdout.readline()
    process.send_signal(signum)
    out, err = process.communicate()
    seen.say(signum.name, process.returncode, out, err.strip().rpartition("\n")[2])


@scenario
def signals(seen):
    for signum in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
        killed(seen, signum)
    handler = "import signal, sys, time\ndef end(*_):\n  print('bye'); sys.exit(5)\n"
    killed(
        seen,
        signal.SIGTERM,
        f"{handler}signal.signal(signal.SIGTERM, end)\nprint('up', flush=True)\ntime.sleep(100)",
    )
    for signum in (signal.SIGTERM, signal.SIGKILL):
        killed(seen, signum, "print('up', flush=True)\nwhile True: pass")
    seen.say(python("import os, signal; os.kill(os.getpid(), signal.SIGTERM)").returncode)
    got = []
    signal.signal(signal.SIGUSR2, lambda *_: got.append("SIGUSR2"))
    python("import os, signal; os.kill(os.getppid(), signal.SIGUSR2)")
    seen.say(got)


@scenario
def time_limits(seen):
    try:
        python("import time; time.sleep(100)", timeout=1)
    except subprocess.TimeoutExpired as error:
        seen.say(error)
    process = subprocess.Popen([PYTHON, "-c", "input()"], stdin=PIPE)
    seen.say(process.poll())
    try:
        process.wait(timeout=0.01)
    except subprocess.TimeoutExpired:
        seen.say("timed out")
    process.communicate(b"\n")
    seen.say(process.poll())


@scenario
def descriptors_passed_on(seen):
    read, write = os.pipe()
    program = f"import os; os.write({write}, b'by the pipe')"
    process = subprocess.Popen([PYTHON, "-c", program], pass_fds=[write])
    os.close(write)
    with open(read, "rb") as file:
        seen.say(file.read(), process.wait())
    read, write = os.pipe()
    closed = python(f"import os; os.write({write}, b'x')", stderr=PIPE).stderr.splitlines()[-1]
    seen.say(closed)
    os.close(read)
    os.close(write)


@scenario
def waiting_for_children(seen):
    processes = [subprocess.Popen([PYTHON, "-c", f"raise SystemExit({code})"]) for code in (4, 5)]
    ended = dict(os.waitpid(-1, 0) for _ in processes)
    seen.say([os.waitstatus_to_exitcode(ended[each.pid]) for each in processes])
    for ask in (lambda: os.waitpid(-1, os.WNOHANG), os.wait, lambda: os.kill(processes[0].pid, 0)):
        try:
            ask()
        except OSError as error:
            seen.say(type(error).__name__, error)


@scenario
def spawned_by_os(seen):
    def script(program):
        return ["python", "-c", program]

    seen.say(os.spawnv(os.P_WAIT, PYTHON, script("raise SystemExit(7)")))
    seen.say(os.spawnl(os.P_WAIT, PYTHON, *script("import os; os.kill(os.getpid(), 9)")))
    pid = os.spawnv(os.P_NOWAIT, PYTHON, tuple(script("pass")))
    seen.say(os.waitpid(pid, 0) == (pid, 0))
    told = "import os, sys; sys.exit(int(os.environ['CODE']))"
    seen.say(os.spawnve(os.P_WAIT, PYTHON, script(told), {"CODE": "3"}))
    seen.say(os.spawnle(os.P_WAIT, PYTHON, *script(told), {"CODE": "4"}))
    folder, name = os.path.split(PYTHON)
    seen.say(os.spawnvpe(os.P_WAIT, name, script(told), {"CODE": "5", "PATH": folder}))
    seen.say(os.spawnvp(os.P_WAIT, "no-such-program", ["it"]))
    seen.say(os.spawnv(os.P_WAIT, "/no/such/program", ["it"]))
    seen.say(os.spawnve(os.P_WAIT, PYTHON, script("pass"), {"a=b": 1}))
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    seen.say(os.spawnl(os.P_WAIT, PYTHON, *script(f"import os; os.write({writer}, b'passed')")))
    seen.say(os.read(reader, 100))
    os.close(reader)
    os.close(writer)
    for words in ([], [""], "text"):
        try:
            os.spawnv(os.P_WAIT, PYTHON, words)
        except (ValueError, TypeError) as error:
            seen.say(type(error).__name__, error)


@scenario
def who_is_whose_child(seen):
    program = (
        "import os, subprocess, sys; print(os.getppid(), os.getpid(), flush=True);"
        "subprocess.run([sys.executable, '-c', 'import os; print(os.getppid(), os.getpid())'])"
    )
    lines = python(program, stdout=PIPE).stdout.split()
    seen.say(int(lines[0]) == os.getpid(), lines[1] == lines[2], len(set(lines)))


@scenario
def files_in_common(seen):
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "text")
        text.write_text("from the parent")
        program = (
            "import os, pathlib; p = pathlib.Path('text');"
            "print(p.read_text()); p.write_text('from the child');"
            "os.mkdir('made'); pathlib.Path('made/inside').write_text('x');"
            "os.rename('made', 'moved')"
        )
        seen.say(told(python(program, cwd=folder, stdout=PIPE)))
        seen.say(text.read_text(), sorted(os.listdir(folder)), os.listdir(Path(folder, "moved")))
        with open(Path(folder, "out"), "w") as out:
            python("print('into a file')", stdout=out)
        seen.say(Path(folder, "out").read_text())
        python("import os; os.remove('out')", cwd=folder)
        seen.say(sorted(os.listdir(folder)))


@scenario
def asyncio_subprocesses(seen):
    async def main():
        start = asyncio.create_subprocess_exec
        program = "import sys; print(sys.stdin.read()[::-1]); sys.exit(4)"
        process = await start(PYTHON, "-c", program, stdin=PIPE, stdout=PIPE)
        seen.say((await process.communicate(b"abc"))[0], process.returncode)
        several = [await start(PYTHON, "-c", f"print({i} * {i})", stdout=PIPE) for i in range(3)]
        seen.say([(await process.communicate())[0] for process in several])
        process = await start(PYTHON, "-c", "import time; time.sleep(100)")
        process.terminate()
        seen.say(await process.wait())
        process = await start(PYTHON, "-c", "while True: print('x')", stdout=PIPE)
        seen.say(await process.stdout.readline())
        process.kill()
        # What it printed meanwhile has to be read, or `wait` never ends.
        await process.stdout.read()
        seen.say(await process.wait())

    asyncio.run(main())


def _greet(name, path):
    Path(path).write_text(f"hello {name} from {multiprocessing.current_process().name}")


@scenario
def multiprocessing_processes(seen):
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "greeting")
        process = context.Process(target=_greet, args=("you", path), name="greeter")
        seen.say(process.exitcode, process.is_alive())
        process.start()
        process.join()
        seen.say(process.exitcode, Path(path).read_text())
    process = context.Process(target=os._exit, args=(6,))
    process.start()
    process.join()
    seen.say(process.exitcode)
    process = context.Process(target=input)
    process.start()
    process.kill()
    process.join()
    seen.say(process.exitcode)


def _count(lock, path, times):
    for _ in range(times):
        with lock:
            Path(path).write_text(str(int(Path(path).read_text()) + 1))


def _meet(ready, event, condition, path):
    ready.release()
    event.wait()
    with condition:
        Path(path).write_text("met")
        condition.notify_all()


def _release(lock, path):
    try:
        lock.release()
    except (AssertionError, ValueError) as error:
        Path(path).write_text(f"{type(error).__name__}: {error}")
    else:
        Path(path).write_text("released")


def _leave_with(lock):
    lock.acquire()
    os._exit(0)


def _take(lock):
    lock.acquire()


@scenario
def locks_of_multiprocessing(seen):
    context = multiprocessing.get_context("spawn")
    lock = context.Lock()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "counter")
        Path(path).write_text("0")
        counting = [context.Process(target=_count, args=(lock, path, 10)) for _ in range(3)]
        for process in counting:
            process.start()
        for process in counting:
            process.join()
        seen.say(Path(path).read_text(), [process.exitcode for process in counting])
        ready, event, condition = context.Semaphore(0), context.Event(), context.Condition()
        process = context.Process(target=_meet, args=(ready, event, condition, path))
        process.start()
        seen.say(ready.acquire(), event.is_set())
        with condition:
            event.set()
            seen.say(condition.wait(60), Path(path).read_text())
        process.join()


@scenario
def semaphores_of_multiprocessing(seen):
    context = multiprocessing.get_context("spawn")
    lock, bounded, recursive = context.Lock(), context.BoundedSemaphore(2), context.RLock()
    taken = context.Lock()
    taken.acquire()
    with recursive, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "outcome")
        for one in (taken, lock, bounded, recursive):
            process = context.Process(target=_release, args=(one, path))
            process.start()
            process.join()
            seen.say(Path(path).read_text())
    seen.say(taken.acquire(timeout=0), taken.acquire(block=False), taken.acquire(timeout=0.01))
    seen.say(lock, bounded, recursive)
    process = context.Process(target=_leave_with, args=(lock,))
    process.start()
    process.join()
    seen.say(process.exitcode, lock.acquire(timeout=0.01), lock)
    several = context.Semaphore(3)
    seen.say(several.acquire(), several.acquire(), several.get_value())
    for _ in range(3):
        several.release()
    seen.say(several.get_value())
    waiting = context.Process(target=_take, args=(several,))
    for _ in range(4):
        several.acquire()
    waiting.start()
    waiting.join(0.01)
    waiting.terminate()
    waiting.join()
    several.release()
    seen.say(waiting.exitcode, several.get_value())


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
