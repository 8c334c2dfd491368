"""Values as short texts, for whoever steps through a program.

Invariant: no code of the program runs for it, and none of the library's that could call some: what
a class defines itself is not asked, its attributes are shown in its place.
"""

import types
from collections import deque

#: Characters of a text, items of a collection, and collections inside each other.
LONGEST = 160
_ITEMS = 8
_DEPTH = 3
#: Of an integer, above which its digits are not worth their time.
_BITS = 300
#: Modules of C whose objects have no parts that are the program's.
_PLAIN = ("datetime", "decimal")

_dict_of = type.__dict__["__dict__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_name_of = type.__dict__["__name__"].__get__
_args_of = BaseException.__dict__["args"].__get__

_atoms = (float, complex, bool, type(None), type(...), type(NotImplemented), range)
_functions = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
    types.MethodDescriptorType,
)
#: What stands still between two of its steps: its frame, and what its type is called.
_suspended = {
    types.GeneratorType: ("gi_frame", "generator"),
    types.CoroutineType: ("cr_frame", "coroutine"),
    types.AsyncGeneratorType: ("ag_frame", "async generator"),
}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def text_of(value) -> str:
    """What to show for `value`, at most LONGEST characters."""
    try:
        return _cut(_text(value, _DEPTH))
    except Exception as error:
        return f"cannot be shown: {_name_of(type(error))}"


def attributes(value) -> dict[str, object]:
    """The attributes that an object itself has: those of its dictionary, and of slots."""
    found: dict[str, object] = {}
    for cls in reversed(_mro_of(type(value))):
        for name, member in _dict_of(cls).items():
            if type(member) is types.MemberDescriptorType and cls is not type:
                try:
                    found[name] = member.__get__(value)
                except AttributeError:
                    continue  # It has not been set.
            elif name == "__dict__" and type(member) is types.GetSetDescriptorType:
                own = member.__get__(value)
                if type(own) is dict:
                    found |= own
    return found


def _text(value, depth: int) -> str:
    cls = type(value)
    if cls in _atoms:
        return repr(value)
    if cls is int:
        bits = value.bit_length()
        return repr(value) if bits <= _BITS else f"an int of {bits:,} bits"
    if cls is str or cls is bytes:
        return repr(value) if len(value) <= LONGEST else f"{value[:LONGEST]!r}…"
    if cls is types.ModuleType:
        return f"module {value.__name__}"
    if isinstance(value, type):
        return f"class {_name_of(value)}"
    if cls in _functions:
        return f"function {value.__name__}"
    if cls in _suspended:
        return _standing(value, cls, depth)
    mro = _mro_of(cls)
    for base, show in _collections:
        if base in mro:
            return show(value, cls, depth)
    if BaseException in mro:
        return _call(_name_of(cls), [_text(each, depth - 1) for each in _args_of(value)[:_ITEMS]])
    return _object(value, cls, mro, depth)


def _call(name: str, parts) -> str:
    return f"{name}({', '.join(parts)})"


def _items(values, size: int, depth: int) -> list[str]:
    if depth <= 0:
        return ["…"] if size else []
    shown = [_text(each, depth - 1) for _, each in zip(range(_ITEMS), values, strict=False)]
    return [*shown, "…"] if size > len(shown) else shown


def _pairs(pairs, size: int, depth: int, between: str, named: bool) -> list[str]:
    if depth <= 0:
        return ["…"] if size else []
    shown = [
        f"{name if named else _text(name, depth - 1)}{between}{_text(each, depth - 1)}"
        for _, (name, each) in zip(range(_ITEMS), pairs, strict=False)
    ]
    return [*shown, "…"] if size > len(shown) else shown


def _standing(value, cls, depth: int) -> str:
    where, kind = _suspended[cls]
    name = f"{kind} {value.__name__}"
    frame = getattr(value, where)
    if frame is None:
        return f"{name}, ended"
    own = {key: each for key, each in frame.f_locals.items() if not key.startswith(".")}
    parts = _pairs(own.items(), len(own), depth, "=", named=True)
    return _call(f"{name} at line {frame.f_lineno}", parts)


def _wrapped(cls, plain, inside: str) -> str:
    return inside if cls is plain else f"{_name_of(cls)}({inside})"


def _list(value, cls, depth: int) -> str:
    inside = ", ".join(_items(list.__iter__(value), list.__len__(value), depth))
    return _wrapped(cls, list, f"[{inside}]")


def _tuple(value, cls, depth: int) -> str:
    size = tuple.__len__(value)
    parts = _items(tuple.__iter__(value), size, depth)
    fields = _dict_of(cls).get("_fields")
    if type(fields) is tuple and len(fields) == size:
        named = [f"{name}={each}" for name, each in zip(fields, parts, strict=False)]
        return _call(_name_of(cls), named)
    return _wrapped(cls, tuple, f"({', '.join(parts)}{',' if size == 1 else ''})")


def _dict(value, cls, depth: int) -> str:
    inside = _pairs(dict.items(value), dict.__len__(value), depth, ": ", named=False)
    return _wrapped(cls, dict, f"{{{', '.join(inside)}}}")


def _set(value, cls, depth: int) -> str:
    base = set if issubclass(cls, set) else frozenset
    # The order of objects in it may differ when the program is run again.
    parts = sorted(_items(base.__iter__(value), base.__len__(value), depth))
    return f"{{{', '.join(parts)}}}" if cls is set and parts else _call(_name_of(cls), parts)


def _deque(value, cls, depth: int) -> str:
    inside = ", ".join(_items(deque.__iter__(value), deque.__len__(value), depth))
    return _call(_name_of(cls), [f"[{inside}]"])


_collections = (
    (list, _list),
    (tuple, _tuple),
    (dict, _dict),
    (set, _set),
    (frozenset, _set),
    (deque, _deque),
)


def _object(value, cls, mro, depth: int) -> str:
    name = _name_of(cls)
    module = _dict_of(cls).get("__module__")
    if module in _PLAIN:
        return repr(value)
    if module in ("_thread", "threading") and "locked" in _dict_of(cls) and "Lock" in name.title():
        return f"{'locked' if value.locked() else 'unlocked'} {name.replace('lock', 'Lock')}"
    own = attributes(value)
    if "_name_" in own and "_value_" in own:
        return f"{name}.{own['_name_']}"
    # What the library keeps for itself has an underscore.
    of_library = any(base is not object and _foreign(base) for base in mro)
    shown = {
        key: each
        for key, each in own.items()
        if not (of_library and (key.startswith("_") or type(each) in _functions))
    }
    for key, word in (("_flag", "is set"), ("_value", "value"), ("_name", "name")):
        if of_library and module == "threading" and key in own:
            shown = {word: own[key]}
    if module == "queue":
        shown = {"items": own.get("queue", own.get("_queue"))}
    return _call(name, _pairs(shown.items(), len(shown), depth, "=", named=True))


def _foreign(cls) -> bool:
    return _dict_of(cls).get("__module__") != "__main__"
