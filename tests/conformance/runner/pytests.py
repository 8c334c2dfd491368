"""Runs a module of tests that are written for pytest, by pytest itself."""

import sys
import time

import pytest
from reporting import TimedOut, arm, report

#: What the project of each suite passes to pytest in its own settings.
SETTINGS = {
    "trio": [
        *("-p", "trio._tests.pytest_plugin", "--run-slow", "--skip-optional-imports"),
        *("-W", "error", "-o", "xfail_strict=true", "--import-mode=importlib", "--strict-markers"),
        *("-o", "markers=redistributors_should_skip"),
    ],
}

#: No terminal reads what pytest prints, and nothing is kept for a later run.
OWN = ["-p", "no:terminal", "-p", "no:cacheprovider", "--capture=sys", "--assert=plain"]


def identifier(item):
    """`trio._tests.test_util.test_x[1]`, as unittest names its tests."""
    names = [node.name for node in item.listchain() if isinstance(node, pytest.Class)]
    return ".".join([item.module.__name__, *names, item.name])


class Reporter:
    """A plugin of pytest that tells of each test."""

    def __init__(self, choice, limit):
        self._choice = choice
        self._limit = limit

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if self._choice.takes(identifier(item))]

    def pytest_collectreport(self, report):
        if report.failed or report.skipped:
            why = report.longrepr[2] if report.skipped else str(report.longrepr)
            name = report.nodeid.removesuffix(".py").replace("/", ".")
            tell(name, "failed" if report.failed else "skipped", why, 0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self._began = time.monotonic()
        self._outcome = ("passed", "")
        report(event="start", test=identifier(item))
        arm(self._limit)
        try:
            return (yield)
        finally:
            arm(None)
            tell(identifier(item), *self._outcome, round(time.monotonic() - self._began, 2))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        made = yield
        if made.failed:
            why, late = str(made.longrepr)[-4000:], False
            if call.excinfo is not None:
                # The last line says what was raised, as in a traceback.
                why += "\n" + call.excinfo.exconly().splitlines()[0]
                late = call.excinfo.errisinstance(TimedOut)
            self._outcome = ("timed out" if late else "failed", why)
        elif made.skipped and self._outcome[0] == "passed":
            why = made.longrepr[2] if isinstance(made.longrepr, tuple) else str(made.longrepr)
            self._outcome = ("skipped", getattr(made, "wasxfail", None) or why)
        return made


def tell(name, kind, why, seconds):
    report(event="end", test=name, kind=kind, why=why, seconds=seconds)


def run(name, choice, limit):
    project = name.split(".")[0]
    arguments = [*OWN, *SETTINGS[project], f"--rootdir={sys.path[0]}", "-c", "/dev/null"]
    arguments += ["--pyargs", name]
    code = pytest.main(arguments, plugins=[Reporter(choice, limit)])
    if code not in (0, 1, 5):
        raise RuntimeError(f"pytest ended with {code!r}")
