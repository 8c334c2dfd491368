"""The exceptions of greenlet, and what `throw` makes of its arguments (greenlet_refs.hpp).

Invariant: an exception is made before anything is switched; one that cannot be made is raised, or
thrown in its place, as `PyErr_NormalizeException` has it.
"""

from types import TracebackType

from ..seam.declare import bridge


class error(Exception):
    pass


class GreenletExit(BaseException):
    pass


def type_name(of: object) -> str:
    """`tp_name` of its type: one of C has the module's name in it, one of Python has not."""
    cls = type(of)
    return "greenlet.greenlet" if cls.__name__ == "greenlet" else cls.__name__


def made(kind: object, value: object, traceback: object) -> BaseException:
    """The exception that `throw(kind, value, traceback)` raises."""
    if traceback is not None and not isinstance(traceback, TracebackType):
        raise TypeError("throw() third argument must be a traceback object")
    if isinstance(kind, type) and issubclass(kind, BaseException):
        exception = _made(kind, value)
    elif isinstance(kind, BaseException):
        if value is not None:
            raise TypeError("instance exception may not have a separate value")
        exception = kind
    else:
        raise TypeError(f"exceptions must be classes, or instances, not {type_name(kind)}")
    exception.__traceback__ = traceback
    return exception


@bridge
def _made(kind: type[BaseException], value: object) -> BaseException:
    if isinstance(value, kind):
        return value
    try:
        if value is None:
            return kind()
        return kind(*value) if isinstance(value, tuple) else kind(value)
    except BaseException as raised:
        return raised
