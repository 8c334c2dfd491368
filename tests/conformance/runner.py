"""Runs test modules of CPython's `test` package in the kernel; prints a line of JSON for each test.

A module with `.tests.` in its name is a distribution's own.

Usage: runner.py --path DIR [--limit SECONDS] [--skip JSON] [--not JSON] [--only PART] MODULE...
Invariant: every test that was found is reported once, as passed, failed, skipped, or timed out.
"""

import argparse
import json
import signal
import sys
import time
import traceback
import unittest
from concurrent import futures

#: Nothing in CPython's tests uses the last real-time signal.
LIMIT_SIGNAL = signal.SIGRTMAX

#: The reason of a skip that `expected.json` asks for.
NOT_RUN = "not run here"


class TimedOut(BaseException):
    """The test ran longer than it may."""


def report(**fields):
    print("@@" + json.dumps(fields), file=sys.__stdout__, flush=True)


class Result(unittest.TestResult):
    def __init__(self, limit):
        super().__init__()
        self.limit = limit
        self._outcome = None
        self._subtests = []

    def startTest(self, test):
        super().startTest(test)
        self._outcome = ("passed", "")
        self._subtests = []
        self._began = time.monotonic()
        report(event="start", test=test.id())
        arm(self.limit)

    def stopTest(self, test):
        arm(None)
        super().stopTest(test)
        kind, why = self._outcome
        report(
            event="end",
            test=test.id(),
            kind=kind,
            why=why,
            seconds=round(time.monotonic() - self._began, 2),
        )

    def _fail(self, error):
        kind = "timed out" if issubclass(error[0], TimedOut) else "failed"
        self._outcome = (kind, "".join(traceback.format_exception(*error))[-4000:])

    def addError(self, test, error):
        if self._outcome is None or not isinstance(test, unittest.TestCase):
            report(
                event="end",
                test=test.id(),
                kind="failed",
                why="".join(traceback.format_exception(*error))[-4000:],
                seconds=0,
            )
            return
        self._fail(error)

    def addFailure(self, test, error):
        self._fail(error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self._fail(error)

    def addSkip(self, test, reason):
        if not isinstance(test, unittest.TestCase) or not hasattr(self, "_began"):
            report(event="end", test=test.id(), kind="skipped", why=reason, seconds=0)
            return
        if self._outcome[0] == "passed":
            self._outcome = ("skipped", reason)

    def addUnexpectedSuccess(self, test):
        self._outcome = ("failed", "unexpected success")


def arm(seconds):
    """Raises TimedOut in the main thread after `seconds`, by timers that tests do not see."""
    from _os_kernel.sched import limit
    from _os_kernel.seam import hidden

    # No program imports it, so it was not there when the kernel's frames were hidden.
    hidden.hide_module(limit)
    limit.set(seconds, LIMIT_SIGNAL)


def expire(signum, frame):
    raise TimedOut


def flatten(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        else:
            yield test


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", required=True)
    parser.add_argument("--limit", type=float, default=30)
    parser.add_argument("--skip", default="{}")
    parser.add_argument("--not", dest="unrun", default="[]")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("modules", nargs="+")
    options = parser.parse_args()
    sys.path.insert(0, options.path)
    skips = json.loads(options.skip)
    unrun = json.loads(options.unrun)
    from test import support

    support.verbose = 0
    support.use_resources = ["cpu", "walltime", "network"]
    # CPython's tests take sockets and asyncio for missing by the platform's name; they are there.
    support.has_socket_support = True
    support.is_emscripten = False
    # They reckon with 100 MB for the stack of each thread; here it has some kilobytes.
    support.real_max_memuse = sys.maxsize << 8
    # `test_concurrent_futures.util` names it while it is imported, for tests that are not ours.
    if not hasattr(futures, "InterpreterPoolExecutor"):
        futures.InterpreterPoolExecutor = None
    signal.signal(LIMIT_SIGNAL, expire)
    for name in options.modules:
        suite = unittest.defaultTestLoader.loadTestsFromName(
            name if ".tests." in name else f"test.{name}"
        )
        chosen = unittest.TestSuite()
        groups = {}
        for test in flatten(suite):
            identifier = test.id()
            if options.only and not any(part in identifier for part in options.only):
                continue
            reason = skips.get(identifier)
            if any(part in identifier for part in unrun):
                reason = NOT_RUN
            if reason is not None:
                report(event="end", test=identifier, kind="skipped", why=reason, seconds=0)
                continue
            groups.setdefault(type(test), unittest.TestSuite()).addTest(test)
        chosen.addTests(groups.values())
        result = Result(options.limit)
        chosen.run(result)
    report(event="finished")


if __name__ == "__main__":
    main()
