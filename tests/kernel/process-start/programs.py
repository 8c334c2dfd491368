"""What a new interpreter is like, whether it has booted when it was asked for or has waited.

Scenarios as in `../processes/programs.py`. Each looks at several children in a row: in a page, the
first boots when it is asked for, and later ones may have been waiting.
"""

import json
import os
import platform
import re
import subprocess
import sys
import time
import traceback

scenarios = {}
environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


def python(program, *options, **variables):
    done = subprocess.run(
        [sys.executable, *options, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, **variables},
    )
    if done.returncode:
        return done.returncode, done.stderr
    return done.stdout.strip()


FLAGS = """
import sys
# `inspect` is 1 in the page: a SystemExit that passes through JavaScript must end nothing.
without = ("count", "index", "inspect")
names = [name for name in dir(sys.flags) if name[0].islower() and name not in without]
print({name: getattr(sys.flags, name) for name in names if not name.startswith("n_")})
"""


@scenario
def what_options_change(say):
    usual = eval(python(FLAGS))

    def differences(*options, **variables):
        told = python(FLAGS, *options, **variables)
        flags = eval(told)
        changed = {name: value for name, value in flags.items() if value != usual[name]}
        say(*options, variables or "", changed)

    for options in ("-OO", "-b", "-E", "-Iq", "-sPO"):
        differences(options)
    for extra in ("utf8=1", "int_max_str_digits=1000", "warn_default_encoding"):
        differences("-X", extra)
    differences(PYTHONOPTIMIZE="2")
    differences(PYTHONHASHSEED="0")
    differences(PYTHONHASHSEED="7")
    differences("-R", PYTHONHASHSEED="0")
    differences("-I", PYTHONHASHSEED="0", PYTHONOPTIMIZE="1")
    differences("-b", PYTHONSAFEPATH="1")


@scenario
def what_options_do(say):
    say(python("assert False, 'an assertion'\nprint('went on')", "-O"))
    say(python("def f(): 'text'\nprint(f.__doc__)", "-OO"))
    say(python("print(str(b'a') == 'b')", "-bb")[1].splitlines()[-1])
    say(python("print(len('1' * 1001), int('1' * 1001))", "-X", "int_max_str_digits=1000")[0])
    say(python("import sys; print(sys.argv, sys.orig_argv[1:])", "-I", "-X", "utf8"))


HASHES = (
    "print(hash('text'), hash(b'bytes'), hash(('a', 'tuple')), list({'a', 'b', 'c', 'd', 'e'}))"
)


@scenario
def hash_seeds(say):
    say("by chance", len({python(HASHES) for _ in range(4)}))
    say("by chance, asked for", len({python(HASHES, PYTHONHASHSEED="random") for _ in range(3)}))
    say("of a seed", len({python(HASHES, PYTHONHASHSEED="42") for _ in range(2)}))
    say("of two seeds", len({python(HASHES, PYTHONHASHSEED=seed) for seed in ("0", "1")}))
    say("a seed, and -R", len({python(HASHES, "-R", PYTHONHASHSEED="42") for _ in range(2)}))
    for wrong in ("-1", "abc", "4294967296"):
        status, text = python("print('not reached')", PYTHONHASHSEED=wrong)
        say(wrong, status, text.splitlines()[:2])
    say(python("print('reached')", "-I", PYTHONHASHSEED="abc"))


CHANCE = """
import os, random, secrets, tempfile, uuid
print(os.urandom(8), random.random(), random.Random().random(), secrets.token_hex(), uuid.uuid4(),
      tempfile.mkdtemp(), sep="\\n")
"""


@scenario
def what_two_processes_do_not_share(say):
    told = [python(CHANCE).splitlines() for _ in range(4)]
    for each in zip(*told, strict=True):
        say(len(set(each)))


CLOCKS = """
import time
print(time.monotonic(), time.perf_counter(), time.time(), time.process_time(), time.thread_time())
"""


@scenario
def clocks(say):
    for _ in range(4):
        before = time.monotonic(), time.perf_counter(), time.time()
        told = [float(word) for word in python(CLOCKS).split()]
        after = time.monotonic(), time.perf_counter(), time.time()
        common = [a <= b <= c for a, b, c in zip(before, told, after, strict=False)]
        used = [0 <= each <= after[0] - before[0] for each in told[3:]]
        say("common", common, "its own", used)


FINDS = """
import sys
before = sorted(sys.modules)
import gc, os, threading
print(sorted(vars(sys.modules["__main__"])), sys.argv, threading.active_count(), gc.isenabled())
print(os.getcwd() == os.environ["HERE"], sys.getrecursionlimit(), sys.gettrace(), sys.getprofile())
print(sys.exc_info(), sys.path[0] == "", threading.current_thread().name, gc.garbage)
print(sys.warnoptions)
"""
WHOLE_STATE = """
import sys
modules = list(sys.modules)
import atexit, gc, os, signal, warnings
here = sys.modules["__main__"]
variables = {name: value for name, value in os.environ.items() if name != "NUMBER"}
signals = {int(number): str(signal.getsignal(number)) for number in signal.valid_signals()}
places = {name: sorted(vars(module)) for name, module in sys.modules.items() if module is not here}
streams = [os.fstat(number).st_mode for number in (0, 1, 2)]
print(modules, variables, signals, atexit._ncallbacks(), gc.get_threshold(), warnings.filters,
      places, sys.path, sys.flags, sys.meta_path, sorted(sys.path_importer_cache), streams)
"""


@scenario
def what_a_program_finds(say):
    for _ in range(4):
        say(python(FINDS, HERE=os.getcwd()))
    states = {re.sub(" at 0x[0-9a-f]+", "", str(python(WHOLE_STATE))) for _ in range(4)}
    say("different states", len(states))


def run(function):
    lines = []

    def say(*words):
        lines.append(" ".join(map(str, words)))

    try:
        function(say)
    except Exception as error:
        say("ended by", "".join(traceback.format_exception(error)))
    return lines


def main():
    wanted = sys.argv[1:]
    chosen = {name: f for name, f in scenarios.items() if not wanted or name in wanted}
    told = {name: run(function) for name, function in chosen.items()}
    version = platform.python_version()
    print(json.dumps({"python": version, "system": platform.platform(), "scenarios": told}))


if __name__ == "__main__":
    main()
