"""What `python` does with its command line. Scenarios as in `../processes/programs.py`."""

import json
import os
import platform
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


def run(*words, **variables):
    done = subprocess.run(
        [PYTHON, *words],
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
