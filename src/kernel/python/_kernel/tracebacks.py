"""Exceptions as CPython prints them, with the reader's frames and none of ours.

Invariant: formatting never raises and keeps no frame alive.
"""

import os
import traceback

# The folders of the kernel and of Pyodide's own Python. Frames of the standard library stay.
_LIBRARY = os.path.dirname(os.path.dirname(__file__))
_ROOMS = ("_kernel", "_os_kernel", "pyodide", "_pyodide")
_OURS = tuple(os.path.join(_LIBRARY, room, "") for room in _ROOMS)


def _without_ours(report: traceback.TracebackException | None, seen: set[int]) -> None:
    """Removes our frames from `report` and from all it was raised from, with or in."""
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    report.stack[:] = [f for f in report.stack if not f.filename.startswith(_OURS)]
    for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
        _without_ours(other, seen)


def describe(error: BaseException, *, colours: bool = True) -> tuple[str, str, str]:
    """(name, message, traceback): the traceback ends in a newline."""
    report = traceback.TracebackException.from_exception(error, compact=True)
    _without_ours(report, set())
    # A parameter that CPython's own printing uses.
    text = "".join(report.format(colorize=colours))  # pyright: ignore[reportCallIssue]
    return report.exc_type_str, str(report), text
