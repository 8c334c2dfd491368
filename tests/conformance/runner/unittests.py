"""Runs a module of tests that are written for `unittest`."""

import importlib.util
import os
import re
import runpy
import sys
import time
import traceback
import unittest

from reporting import TimedOut, arm, report


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


def flatten(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        else:
            yield test


def is_program(name):
    """gevent has modules without a class of tests: programs that must end without an error."""
    if not name.startswith("gevent."):
        return False
    source = importlib.util.find_spec(name).loader.get_source(name)
    return re.search(r"^ *class .*Test", source, re.MULTILINE) is None


def program(name):
    def run():
        # gevent starts them in the folder of its tests, and some import what lies beside them.
        sys.path.insert(0, os.path.dirname(importlib.util.find_spec(name).origin))
        runpy.run_module(name, run_name="__main__")

    test = unittest.FunctionTestCase(run)
    test.id = lambda: name
    return unittest.TestSuite([test])


def run(name, choice, limit):
    suite = (
        program(name) if is_program(name) else unittest.defaultTestLoader.loadTestsFromName(name)
    )
    groups = {}
    for test in flatten(suite):
        if choice.takes(test.id()):
            groups.setdefault(type(test), unittest.TestSuite()).addTest(test)
    unittest.TestSuite(groups.values()).run(Result(limit))
