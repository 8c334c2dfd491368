"""Runs test modules in the kernel; prints a line of JSON for each test.

A name with `tests` in it is a module of a distribution's own, another of CPython's `test` package.

Usage: runner --path DIR [--suites DIR] [--limit SECONDS] [--skip JSON] [--not JSON]
       [--only PART] [--processes] MODULE...
Invariant: every test that was found is reported once: passed, failed, skipped, or timed out.
"""

import argparse
import importlib
import json
import os
import shutil
import signal
import sys

import suites
import unittests
from reporting import LIMIT_SIGNAL, Choice, expire, report


def prepare(processes):
    """Tells `test.support` what this kernel has, and whether tests may start processes."""
    from test import support

    support.verbose = 0
    support.use_resources = ["cpu", "walltime", "network"]
    # CPython's tests take sockets and asyncio for missing by the platform's name; they are there.
    support.has_socket_support = True
    # And so it does with processes, which take long enough to be left out of `npm test`.
    support.has_subprocess_support = processes
    support.is_emscripten = False
    # They reckon with 100 MB for the stack of each thread; here it has some kilobytes.
    support.real_max_memuse = sys.maxsize << 8


#: Its processes import a module of the `test` package.
IMPORTED_BY_PROCESSES = {"test_asyncio.test_events"}
#: Tell a process of `multiprocessing` where the tests are.
PATH, SUITES = "CONFORMANCE_PATH", "CONFORMANCE_SUITES"


def reach_processes(options):
    """A process that `multiprocessing` starts runs this file first, as `__mp_main__`."""
    sys.modules["__main__"].__spec__ = None
    os.environ[PATH], os.environ[SUITES] = options.path, options.suites


def prepare_process():
    sys.path.insert(0, os.environ[PATH])
    prepare(processes=True)
    suites.install(os.environ[SUITES])


def is_of_distribution(name):
    return not {"tests", "_tests"}.isdisjoint(name.split("."))


def install_tests(name, suites):
    """Puts a project's tests where pip would have put them: into the package that readers get."""
    project = name.split(".")[0]
    package = importlib.import_module(project)
    shutil.copytree(f"{suites}/{project}", os.path.dirname(package.__file__), dirs_exist_ok=True)
    importlib.invalidate_caches()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", required=True, help="of what tests import")
    parser.add_argument("--suites", help="of the tests of distributions")
    parser.add_argument("--limit", type=float, default=30)
    parser.add_argument("--skip", default="{}")
    parser.add_argument("--not", dest="unrun", default="[]")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--processes", action="store_true", help="tests may start them")
    parser.add_argument("modules", nargs="+")
    options = parser.parse_args()
    # Some tests read the arguments of the program that they run in.
    del sys.argv[1:]
    sys.path.insert(0, options.path)
    prepare(options.processes)
    choice = Choice(options.only, json.loads(options.skip), json.loads(options.unrun))
    signal.signal(LIMIT_SIGNAL, expire)
    # gevent's tests count a missed deadline for a skip, and wait longer, where other work goes on.
    os.environ["GITHUB_ACTIONS"] = "true"
    for name in options.modules:
        if is_of_distribution(name) or name in IMPORTED_BY_PROCESSES:
            reach_processes(options)
        if not is_of_distribution(name):
            unittests.run(f"test.{name}", choice, options.limit)
            continue
        if name.startswith("trio."):
            import pytests

            install_tests(name, options.suites)
            pytests.run(name, choice, options.limit)
        else:
            suites.install(options.suites)
            unittests.run(name, choice, options.limit)
    report(event="finished")


if __name__ == "__main__":
    main()
elif __name__ == "__mp_main__":
    prepare_process()
