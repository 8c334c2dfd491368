"""Exceptions that nobody can catch.

Invariant: they go to `sys.unraisablehook` in an object of the type that CPython's C code uses.
"""

import sys

from .declare import bridge


class _Probe:
    def __del__(self) -> None:
        raise RuntimeError


def _arguments_type() -> type:
    seen = []
    hook = sys.unraisablehook
    sys.unraisablehook = lambda args: seen.append(type(args))
    try:
        _Probe()
    finally:
        sys.unraisablehook = hook
    return seen[0]


_Arguments = _arguments_type()


@bridge
def report(exception: BaseException, message: str | None, subject: object = None) -> None:
    sys.unraisablehook(
        _Arguments((type(exception), exception, exception.__traceback__, message, subject))
    )
