"""Loaded by each interpreter of a recorded program: a line leaves when whole, as on a terminal.

The first interpreter also reports the exception that ends it, apart from standard error. This file
has the name that CPython's ``site`` looks for; the folder it is in leaves ``sys.path`` again.
"""

import os
import sys

for stream in (sys.stdout, sys.stderr):
    if stream is not None:
        stream.reconfigure(line_buffering=True)

tools = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if entry != tools]

if "RECORDER_REPORT" in os.environ:
    # Only the first interpreter sees the variable.
    reports, answers = map(int, os.environ.pop("RECORDER_REPORT").split())
    os.set_inheritable(reports, False)
    os.set_inheritable(answers, False)
    first = os.getpid()

    def report(**message):
        """Sends one message, after all that was printed before and before all that comes next."""
        import json

        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        data = json.dumps(message).encode() + b"\n"
        while data:
            data = data[os.write(reports, data) :]
        os.read(answers, 1)

    def report_exception(error):
        """The exception as CPython's own traceback tells it, coloured where this version can."""
        import traceback

        kind = type(error)
        module = "" if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}."
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        summary = traceback.TracebackException.from_exception(error)
        try:
            text = "".join(summary.format(colorize=True))
        except TypeError:
            text = "".join(summary.format())
        report(type="error", name=module + kind.__qualname__, message=message, traceback=text)

    def excepthook(kind, error, trace):
        if os.getpid() == first:
            report_exception(error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = excepthook

    if os.environ.pop("RECORDER_SCRIPT", ""):
        report(type="start")
