"""Finds in a thread state what belongs to the thread and goes along from fiber to fiber.

CPython keeps these words in a thread state, and no table says where. Each can be set from Python,
so it is set to an object of ours, and that object's address is looked for.

Invariant: what cannot be found in exactly one place makes `find` raise, and greenlet cannot be
imported.
"""

import sys
from _contextvars import Context

from .. import machine

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

#: A number that no address and no count in a thread state is.
_DEPTH = 0x5A5A5A


class _Marker:
    pass


def _word(value: object, what: str) -> int:
    offset = machine.find_word(value if type(value) is int else id(value))
    if offset < 0:
        raise ImportError(f"greenlet cannot find {what} of a thread of this CPython")
    return offset


def find() -> None:
    """Tells the machine what goes along."""
    context = Context()
    machine.context_at(context.run(_word, context, "the context"))
    _find_hooks()
    _find_depth()
    if "_asyncio" in sys.modules:
        _find_loop(sys.modules["_asyncio"])


def _find_hooks() -> None:
    def first(_generator: object) -> None:
        pass

    def last(_generator: object) -> None:
        pass

    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(first, last)
    try:
        machine.move_word(_word(first, "the hooks"))
        machine.move_word(_word(last, "the hooks"))
    finally:
        sys.set_asyncgen_hooks(*before)


def _find_depth() -> None:
    before = sys.get_coroutine_origin_tracking_depth()
    sys.set_coroutine_origin_tracking_depth(_DEPTH)
    try:
        machine.move_word(_word(_DEPTH, "the depth of origins"))
    finally:
        sys.set_coroutine_origin_tracking_depth(before)


def _find_loop(asyncio: ModuleType) -> None:
    loop, task = _Marker(), _Marker()
    before = asyncio._get_running_loop()
    running = None if before is None else asyncio.current_task(before)
    if running is not None:
        asyncio._leave_task(before, running)
    asyncio._set_running_loop(loop)
    try:
        machine.move_word(_word(loop, "the event loop"))
        asyncio._enter_task(loop, task)
        machine.move_word(_word(task, "the task"))
        asyncio._leave_task(loop, task)
    finally:
        asyncio._set_running_loop(before)
        if running is not None:
            asyncio._enter_task(before, running)
