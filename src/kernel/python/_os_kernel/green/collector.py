"""What the garbage collector sees of greenlets.

One that has begun is taken out of its sight, since its stack may refer to it. Invariant:
`gc.get_objects` lists it all the same, as upstream, where `gc.is_tracked` denies it, too.
"""

import gc
from weakref import ref

from .. import machine
from ..seam import builtins

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .greenlet import greenlet

_native_get_objects = gc.get_objects
_OLDEST = 2
#: The greenlets out of sight, by address. What refers to them must not keep them.
_out: dict[int, ref[greenlet]] = {}


def put_out(target: greenlet) -> None:
    machine.collectable(id(target), False)
    _out[id(target)] = ref(target)


def put_back(target: greenlet) -> None:
    machine.collectable(id(target), True)
    _out.pop(id(target), None)


def get_objects(generation: int | None = None) -> list[object]:
    """Return a list of objects tracked by the collector (excluding the list returned).

      generation
        Generation to extract the objects from.

    If generation is not None, return only the objects tracked by the collector
    that are in that generation."""
    found = _native_get_objects(generation)
    if generation is None or generation == _OLDEST:
        found += [target for out in list(_out.values()) if (target := out()) is not None]
    return found


def begin() -> None:
    """A program has imported greenlet."""
    get_objects.__module__ = "gc"
    setattr(gc, "get_objects", builtins.make(get_objects))  # noqa: B010
