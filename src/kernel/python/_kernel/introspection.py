"""What `name?` shows: the fields of IPython's inspector that do not depend on the machine."""

import inspect

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    type Field = tuple[str, str | None]
    from typing import Any

_WIDTH = 75
_LONGEST_STRING_FORM = 200


def _is_callable_definition(obj: object) -> bool:
    """Whether IPython shows `obj` as a definition: its signature, not its value."""
    return inspect.isroutine(obj) or inspect.isclass(obj)


def _signature(name: str, obj: Callable[..., object]) -> str | None:
    try:
        signature = inspect.signature(obj)
    except TypeError, ValueError:
        return None
    line = name + signature.format(quote_annotation_strings=False)
    if len(line) <= _WIDTH:
        return line
    parameters = signature.format(max_width=_WIDTH - len(name), quote_annotation_strings=False)
    # IPython ends each parameter with a comma, the last one too.
    head, separator, tail = parameters.rpartition("\n)")
    return f"{name}{head},{separator}{tail}" if separator else name + parameters


def _own_doc(obj: object) -> str | None:
    """The docstring of `obj`; an attribute that raises counts as none."""
    try:
        return inspect.getdoc(obj)
    except Exception:
        return None


def _init_doc(cls: type) -> str | None:
    if cls.__init__ is object.__init__:
        return None
    doc = _own_doc(cls.__init__)
    return None if doc == object.__init__.__doc__ else doc


def _definition_fields(name: str, obj: Callable[..., object]) -> Iterator[Field]:
    is_class = inspect.isclass(obj)
    yield ("Init signature" if is_class else "Signature"), _signature(name, obj)
    yield "Docstring", _own_doc(obj) or "<no docstring>"
    if is_class:
        yield "Init docstring", _init_doc(obj)
    yield "Type", type(obj).__name__


def _value_fields(name: str, obj: Any) -> Iterator[Field]:  # noqa: ANN401
    cls = type(obj)
    if callable(obj):
        yield "Signature", _signature(name, obj)
    yield "Type", cls.__name__
    text = str(obj)
    half = _LONGEST_STRING_FORM // 2
    yield "String form", text if len(text) <= 2 * half else f"{text[:half]}<...>{text[-half:]}"
    try:
        yield "Length", str(len(obj))  # pyright: ignore[reportArgumentType]: else it raises
    except Exception:
        yield "Length", None
    doc = _own_doc(obj)
    yield "Docstring", doc or "<no docstring>"
    if (class_doc := _own_doc(cls)) != doc:
        yield "Class docstring", class_doc
    if (init_doc := _init_doc(cls)) != doc:
        yield "Init docstring", init_doc


def describe(name: str, obj: Any) -> str:  # noqa: ANN401
    """The text for `name?`; raises whatever the object's `__str__` raises."""
    fields = _definition_fields if _is_callable_definition(obj) else _value_fields
    shown = [(head, body.strip("\n")) for head, body in fields(name, obj) if body]
    width = max(len(head) for head, _ in shown)
    return "\n".join(
        f"{head}:\n{body}" if "\n" in body else f"{head + ':':<{width + 1}} {body}"
        for head, body in shown
    )
