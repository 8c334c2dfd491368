"""Exceptions as CPython prints them, with the reader's frames and none of ours.

Invariant: formatting never raises and keeps no frame alive.
"""

import os
import traceback

# The folders of the kernel and of Pyodide's own Python. Frames of the standard library stay.
_LIBRARY = os.path.dirname(os.path.dirname(__file__))
_ROOMS = ("_kernel", "_os_kernel", "pyodide", "_pyodide")
_OURS = tuple(os.path.join(_LIBRARY, room, "") for room in _ROOMS)


class _Stack(traceback.StackSummary):
    """Writes a frame once where it repeats: recursion may be 200,000 frames deep."""

    _last: tuple[traceback.FrameSummary | None, dict[str, object], str | None] = (None, {}, None)

    def format_frame_summary(
        self, frame_summary: traceback.FrameSummary, **options: object
    ) -> str | None:
        last, before, text = self._last
        if (
            last is None
            or frame_summary.lineno != last.lineno
            or frame_summary.colno != last.colno
            or frame_summary.end_lineno != last.end_lineno
            or frame_summary.end_colno != last.end_colno
            or frame_summary.name != last.name
            or frame_summary.filename != last.filename
            or options != before
        ):
            text = super().format_frame_summary(frame_summary, **options)
            self._last = (frame_summary, options, text)
        return text


def _without_ours(report: traceback.TracebackException | None, seen: set[int]) -> None:
    """Removes our frames from `report` and from all it was raised from, with or in."""
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    report.stack = _Stack(f for f in report.stack if not f.filename.startswith(_OURS))
    for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
        _without_ours(other, seen)


def describe(error: BaseException, *, colours: bool = True) -> tuple[str, str, str]:
    """(name, message, traceback): the traceback ends in a newline."""
    report = traceback.TracebackException.from_exception(error, compact=True)
    _without_ours(report, set())
    # A parameter that CPython's own printing uses.
    text = "".join(report.format(colorize=colours))  # pyright: ignore[reportCallIssue]
    return report.exc_type_str, str(report), text
