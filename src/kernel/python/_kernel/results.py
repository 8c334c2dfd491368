"""What is shown of a cell's last expression: its `repr`, cut where IPython cuts.

Invariant: a value without a container of more than `_MOST` items is shown as `repr` has it; where
something was left out, a line below says so.
"""

from collections import deque
from itertools import islice

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: As IPython's `max_seq_length`.
_MOST = 1000
#: How deep containers in containers are looked into.
_DEEPEST = 20
#: How `repr` writes a container, and what it writes for one inside itself. A subclass may have a
#: `repr` of its own.
_FORMS = {
    list: ("[", "]", "[...]"),
    tuple: ("(", ")", "(...)"),
    set: ("{", "}", "set(...)"),
    frozenset: ("frozenset({", "})", "frozenset(...)"),
    dict: ("{", "}", "{...}"),
    deque: ("deque([", "])", "[...]"),
}


def text(value: Any) -> str:  # noqa: ANN401
    """Raises what a `repr` raises."""
    if not _is_long(value, _DEEPEST):
        return repr(value)
    shown = _Shown()
    return f"{shown.text(value, ())}\n[{shown.omitted:,} more items; print(_) shows all]"


def _is_long(value: Any, depth: int) -> bool:  # noqa: ANN401
    """Whether `value`, or a container within it, has more items than are shown."""
    kind = type(value)
    if kind not in _FORMS or not depth:
        return False
    if len(value) > _MOST:
        return True
    items = (*value, *value.values()) if kind is dict else value
    return any(_is_long(item, depth - 1) for item in items)


class _Shown:
    def __init__(self) -> None:
        self.omitted = 0

    def text(self, value: Any, around: tuple[object, ...]) -> str:  # noqa: ANN401
        """`around` are the containers that `value` is in."""
        kind = type(value)
        if any(value is outer for outer in around):
            return _FORMS[kind][2]
        if not _is_long(value, _DEEPEST - len(around)):
            return repr(value)
        opening, closing, _ = _FORMS[kind]
        if kind is deque and value.maxlen is not None:
            closing = f"], maxlen={value.maxlen})"
        around = (*around, value)
        if kind is dict:
            parts = [
                f"{self.text(key, around)}: {self.text(item, around)}"
                for key, item in islice(value.items(), _MOST)
            ]
        else:
            parts = [self.text(item, around) for item in islice(value, _MOST)]
        if len(value) > _MOST:
            self.omitted += len(value) - _MOST
            parts.append("...")
        elif kind is tuple and len(value) == 1:
            closing = ",)"
        return f"{opening}{', '.join(parts)}{closing}"
