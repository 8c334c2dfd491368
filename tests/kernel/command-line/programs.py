"""What `python` does with its command line. Scenarios as in `../processes/programs.py`."""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

PYTHON = sys.executable
scenarios = {}
environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


def run(*words, typed="", **variables):
    done = subprocess.run(
        [PYTHON, *words],
        input=typed,
        capture_output=True,
        check=False,
        env={**environment, **variables},
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


@scenario
def what_python_says_of_itself(say):
    texts = {words: run(words) for words in ("-h", "--help-env", "--help-xoptions")}
    for words, (status, out, err) in texts.items():
        say(words, status, err, out.splitlines()[:1], out.endswith("\n"))
    usage, variables, extras = (out for _, out, _ in texts.values())
    for words in (["--help", "-z"], ["-u?V"]):
        say(words, run(*words) == (0, usage, ""))
    say(run("--help-all") == (0, f"{usage}\n{variables}\n{extras}", ""))
    for words in (["-V"], ["--version", "-c", "print('no')"]):
        say(words, run(*words) == (0, f"Python {platform.python_version()}\n", ""))
    say(run("-VV") == (0, f"Python {sys.version}\n", ""))


@scenario
def what_it_does_not_know(say):
    for words in (
        ["--nothing"],
        ["-V", "-z", "-Z"],
        ["-uX"],
        ["--check-hash-based-pycs"],
        ["--check-hash-based-pycs", "at times"],
        ["--", "-c", "print('no')"],
    ):
        status, out, err = run(*words)
        say(words, status, out, err.replace(os.getcwd(), "FOLDER"))
    say(run("--check-hash-based-pycs", "never", "-c", "print('yes')"))


@scenario
def a_command_with_spaces_before_it(say):
    for program in (
        "\n\t\tif 1:\n\t\t  print('tabs')\n\t\tprint('and more')",
        """
            text = '''
              words

            '''
               \t
            print(repr(text))
        """,
        " \t\n  ",
        "  if 1:\n\tprint('both')",
        "    1 /\\\n    0",
    ):
        say(run("-c", program))


@scenario
def a_command_that_is_no_text(say):
    say(run("-c", b"print('\xff')"))


@scenario
def warnings_in_their_order(say):
    filters = (
        "import sys, warnings; print(sys.warnoptions);"
        "print(*(f'{one[0]}::{one[2].__name__}' for one in warnings.filters))"
    )
    told = "always::UserWarning,error::FutureWarning"
    for words in ([], ["-Wonce::UserWarning", "-bb"], ["-E", "-bWignore"]):
        say(words, run(*words, "-c", filters, PYTHONWARNINGS=told))


@scenario
def a_folder_for_compiled_modules(say):
    prefix = "import sys; print(sys.pycache_prefix)"
    say(run("-c", prefix))
    say(run("-c", prefix, PYTHONPYCACHEPREFIX="foo"))
    for value in ("pycache_prefix=bar", "pycache_prefix="):
        say(run("-X", value, "-c", prefix, PYTHONPYCACHEPREFIX="foo"))


@scenario
def a_first_line_that_is_not_pythons(say):
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program")
        program.write_text("@echo off\nimport sys; print(sys._getframe().f_lineno)")
        say(run("-x", program))


TYPED = """\
x = 3
x
def double():
    return 2 * x

double()
(1,
2)
"unfinished
1 +
for i in range(2):
    print(i)
print(5)

for i in range(2): i

raise KeyError(x)
"""


@scenario
def statements_at_a_prompt(say):
    say(run("-iq", typed=TYPED))
    say(run("-iq", typed="if 1:\n    print('the last line')"))
    say(run("-iq", typed="print(1)\nimport sys; sys.exit(4)\nprint(2)\n"))
    ask = "import sys; sys.ps1 = 'say: '\n__name__, sys.argv, sys.flags.interactive\n"
    say(run("-iq", typed=ask))
    future = "from __future__ import annotations\ndef f(x: y): pass\n\nf.__annotations__\n"
    say(run("-iq", typed=future))
    status, out, err = run("-i", typed="exit\n")
    say(status, out, re.sub("^Python .* on .*", "Python on", err))


@scenario
def statements_after_a_program(say):
    for program in ("q = 3; 1/0", "q = 5; import sys; sys.exit(q)", "q = 7"):
        say(run("-ic", program, typed="print(q)\n"))
    say(run("-c", "import os; os.environ['PYTHONINSPECT'] = 'x'", typed="print(1)\n"))
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program.py")
        program.write_text("q = 9")
        say(run("-i", program, typed="q, __name__\n"))


def of_colorsys(err):
    numbered = re.sub(r" +\d+", " N", err)
    return [line for line in numbered.splitlines() if re.search(r"colorsys|package$", line)]


@scenario
def the_time_of_imports(say):
    for words, variables in (
        (["-X", "importtime"], {}),
        ([], {"PYTHONPROFILEIMPORTTIME": "x"}),
        (["-E"], {"PYTHONPROFILEIMPORTTIME": "x"}),
    ):
        status, out, err = run(*words, "-c", "import colorsys\nimport colorsys", **variables)
        say(words, variables, status, out, of_colorsys(err))


@scenario
def what_verbose_tells(say):
    for words, variables in ((["-v"], {}), ([], {"PYTHONVERBOSE": "1"}), ([], {})):
        program = "import sys, colorsys; print(sys.flags.verbose)"
        status, out, err = run(*words, "-c", program, **variables)
        say(status, out, re.findall("^import 'colorsys' #", err, re.MULTILINE))


@scenario
def the_development_mode(say):
    program = (
        "import asyncio.coroutines, faulthandler, sys, warnings\n"
        "print(sys.flags.dev_mode, sys.warnoptions, faulthandler.is_enabled())\n"
        "print(asyncio.coroutines._is_debug_mode())\n"
        "print(*(f'{one[0]}::{one[2].__name__}' for one in warnings.filters))\n"
        "open('/dev/null', 'w', encoding='utf-8')"
    )
    say(run("-X", "dev", "-c", program))
    say(run("-Werror::FutureWarning", "-c", program, PYTHONDEVMODE="1"))
    say(run("-c", program, PYTHONDEVMODE=""))


@scenario
def what_options_switch_on(say):
    program = (
        "import faulthandler, tracemalloc, sys\n"
        "print(faulthandler.is_enabled(), tracemalloc.is_tracing(), end=' ')\n"
        "print(tracemalloc.get_traceback_limit(), sys.flags.thread_inherit_context, end=' ')\n"
        "print(sys.flags.context_aware_warnings, list(main.co_positions())[-1])"
    )
    program = f"def f(): pass\nmain = f.__code__\n{program}"
    for words in ("faulthandler", "tracemalloc", "tracemalloc=5", "tracemalloc=0"):
        say(words, run("-X", words, "-c", program))
    for words in ("thread_inherit_context=1", "context_aware_warnings=1", "no_debug_ranges"):
        say(words, run("-X", words, "-c", program))
    for name in ("PYTHONFAULTHANDLER", "PYTHONTRACEMALLOC", "PYTHON_THREAD_INHERIT_CONTEXT"):
        say(name, run("-c", program, **{name: "1"}))


@scenario
def what_variables_change(say):
    say(run("-c", "import site; print(site.getuserbase())", PYTHONUSERBASE="/custom/base"))
    streams = (
        "import sys\n"
        "for each in (sys.stdin, sys.stdout, sys.stderr): print(each.encoding, each.errors)"
    )
    for value in ("ascii", "ascii:namereplace", ":replace", "latin-1:"):
        say(value, run("-c", streams, PYTHONIOENCODING=value))


@scenario
def values_that_options_cannot_have(say):
    for value in (
        "importtime=3",
        "int_max_str_digits",
        "int_max_str_digits=12",
        "tracemalloc=much",
        "cpu_count=0",
        "thread_inherit_context=2",
        "context_aware_warnings",
        "nothing=known",
    ):
        say(value, run("-X", value, "-c", "print('ran')"))
    for name, value in (
        ("PYTHONPROFILEIMPORTTIME", "3"),
        ("PYTHONINTMAXSTRDIGITS", "x"),
        ("PYTHONTRACEMALLOC", "much"),
        ("PYTHON_CPU_COUNT", "0"),
        ("PYTHON_THREAD_INHERIT_CONTEXT", "2"),
    ):
        say(name, run("-c", "print('ran')", **{name: value}))


def see(function):
    lines = []
    try:
        function(lambda *words: lines.append(" ".join(map(str, words)).replace(PYTHON, "PYTHON")))
    except Exception as error:
        lines.append(f"ended by {traceback.format_exception_only(error)[-1].strip()}")
    return lines


def main():
    wanted = sys.argv[1:]
    chosen = {name: f for name, f in scenarios.items() if not wanted or name in wanted}
    told = {name: see(function) for name, function in chosen.items()}
    version = platform.python_version()
    print(json.dumps({"python": version, "system": platform.platform(), "scenarios": told}))


if __name__ == "__main__":
    main()
