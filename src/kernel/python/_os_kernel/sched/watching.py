"""Is told by CPython when functions of its library begin and return, while somebody looks.

Invariant: nothing of the library is changed, and what is told calls no code of a program.
"""

import sys

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    #: Told the value as well, if it is of a return.
    type Told = Callable[..., None]
    type Watched = tuple[CodeType, Told | None, Told | None]

#: CPython leaves the tools 3 and 4 to whoever wants them; the search for schedules has 3.
_TOOL = 4
_NAME = "timeline"

#: By the `id` of its code, which is alive: code objects that only look alike are equal.
_watched: dict[int, Watched] = {}


def _begins(code: CodeType, offset: int) -> None:
    told = _watched.get(id(code))
    if told is not None and told[1] is not None:
        told[1]()


def _returns(code: CodeType, offset: int, value: object) -> None:
    told = _watched.get(id(code))
    if told is not None and told[2] is not None:
        told[2](value)


def watch(functions: list[Watched]) -> bool:
    """Each is a code object, with what to call when it begins and when it returns; from there
    `sys._getframe(1)` is its frame. False if another has the place of such a tool.
    """
    monitoring = sys.monitoring
    if monitoring.get_tool(_TOOL) is not None:
        return False
    monitoring.use_tool_id(_TOOL, _NAME)
    events = monitoring.events
    monitoring.register_callback(_TOOL, events.PY_START, _begins)
    monitoring.register_callback(_TOOL, events.PY_RETURN, _returns)
    watch_more(functions)
    return True


def watch_more(functions: list[Watched]) -> None:
    """As `watch`, later."""
    monitoring, events = sys.monitoring, sys.monitoring.events
    if monitoring.get_tool(_TOOL) != _NAME:
        return
    for each in functions:
        code, begins, returns = each
        _watched[id(code)] = each
        on = (events.PY_START if begins else 0) | (events.PY_RETURN if returns else 0)
        monitoring.set_local_events(_TOOL, code, on)


def unwatch() -> None:
    monitoring = sys.monitoring
    if monitoring.get_tool(_TOOL) != _NAME:
        return
    for code, _, _ in _watched.values():
        monitoring.set_local_events(_TOOL, code, 0)
    monitoring.free_tool_id(_TOOL)
    _watched.clear()
