# Checks `PROGRAM`, which lies beside this file: it is run as the main program, then the checks
# see its names.
import asyncio as _asyncio
import contextlib as _contextlib
import inspect as _inspect
import io as _io
import pathlib as _pathlib
import re as _re
import sys as _sys
import traceback as _traceback

# Processes that the program starts import the program, and not these checks.
__file__ = str(_pathlib.Path("PROGRAM").resolve())
_printed = _io.StringIO()
with _contextlib.redirect_stdout(_printed):
    exec(compile(_pathlib.Path(__file__).read_text("utf-8"), __file__, "exec"))
output = _printed.getvalue()


@_contextlib.contextmanager
def raises(expected, match=None):
    """Passes when what stands in it raises `expected`, with a message in which `match` is found."""
    try:
        yield
    except expected as error:
        if match is not None and _re.search(match, str(error)) is None:
            raise AssertionError(f"{error!r} does not match {match!r}") from error
    else:
        raise AssertionError(f"expected {expected}, and nothing was raised")


# CHECKS


def _run_checks():
    failed = 0
    for name, check in [*globals().items()]:
        if not name.startswith("test_") or not _inspect.isfunction(check):
            continue
        sentence = " ".join((check.__doc__ or name).split())
        try:
            if _inspect.iscoroutinefunction(check):
                _asyncio.run(check())
            else:
                check()
        except BaseException as error:
            failed += 1
            line = _traceback.extract_tb(error.__traceback__)[-1].line
            print(f"not yet: {sentence}\n         {type(error).__name__}: {str(error) or line}")
        else:
            print(f"passed:  {sentence}")
    return failed


if __name__ == "__main__":
    _sys.exit(1 if _run_checks() else 0)
