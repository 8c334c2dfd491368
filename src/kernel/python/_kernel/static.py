"""Attributes as they lie in memory, for questions that a reader asks by typing.

Invariant: nothing of a program's runs: no property, no `__getattr__`, `__dir__` or `__class__`, no
`repr`. What only running could tell is `OPAQUE`.
"""

import types

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import ItemsView, Mapping
    from typing import Any, Literal, TypeIs

    type Kind = Literal["class", "function", "namespace", "property", "variable"]

OPAQUE = object()
MISSING = object()

_bases = type.__dict__["__mro__"].__get__
_class_dict = type.__dict__["__dict__"].__get__
_class_name = type.__dict__["__name__"].__get__

_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
    types.ClassMethodDescriptorType,
    staticmethod,
    classmethod,
)
_METHODS = (
    types.FunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.ClassMethodDescriptorType,
)


class Instance:
    """Some instance of `cls`: what a call of it would give."""

    __slots__ = ("cls",)

    def __init__(self, cls: type) -> None:
        self.cls = cls


class Method:
    """`function` without its first parameter."""

    __slots__ = ("function",)

    def __init__(self, function: object) -> None:
        self.function = function


def is_class(obj: object) -> TypeIs[type]:
    """`isinstance(obj, type)` would ask the object for its `__class__`."""
    return issubclass(type(obj), type)


def type_name(obj: object) -> str:
    return _class_name(obj.cls if type(obj) is Instance else type(obj))


def own(obj: object) -> Mapping[str, object]:
    """The object's own dictionary; an empty one if it has none that can be read safely."""
    for cls in _bases(type(obj)):
        found = _class_dict(cls).get("__dict__")
        if found is None:
            continue
        if type(found) in (types.GetSetDescriptorType, types.MemberDescriptorType):
            value = found.__get__(obj)
            return value if type(value) in (dict, types.MappingProxyType) else {}
        break
    return {}


def class_layers(cls: type) -> list[Mapping[str, object]]:
    """The dictionaries of a class and of its bases, the nearest first."""
    return [_class_dict(base) for base in _bases(cls)]


def _layers(obj: object) -> list[Mapping[str, object]]:
    if type(obj) is Instance:
        return class_layers(obj.cls)
    if is_class(obj):
        return class_layers(obj) + [
            _class_dict(base)
            for base in _bases(type(obj))
            if base is not type and base is not object
        ]
    return [own(obj), *class_layers(type(obj))]


def names(obj: object) -> ItemsView[str, object]:
    """(name, raw value) of every attribute, the nearest of each name."""
    seen = {}
    for layer in _layers(obj):
        for name, value in list(layer.items()):
            if type(name) is str:
                seen.setdefault(name, value)
    return seen.items()


def find(obj: object, name: str) -> object:
    """What `obj.name` is: the value, a `Method`, `OPAQUE` or `MISSING`."""
    for place, layer in enumerate(_layers(obj)):
        if name in layer:
            raw = layer[name]
            if type(obj) is not Instance and place == 0 and not is_class(obj):
                return raw
            return _bound(raw, obj)
    return MISSING


def _bound(raw: Any, obj: object) -> object:  # noqa: ANN401
    """What a value found in a class is when it is asked for through `obj`."""
    kind = type(raw)
    if kind is staticmethod:
        return raw.__func__
    if kind is classmethod:
        return Method(raw.__func__)
    if kind in _METHODS:
        on_class = is_class(obj) and kind is not types.ClassMethodDescriptorType
        return raw if on_class else Method(raw)
    if kind is types.MemberDescriptorType and type(obj) is not Instance and not is_class(obj):
        try:
            return raw.__get__(obj)
        except AttributeError:
            return OPAQUE
    if any("__get__" in layer for layer in class_layers(kind)):
        return OPAQUE
    return raw


def kind_of(raw: object) -> Kind:
    """A word for the list of completions."""
    if is_class(raw):
        return "class"
    if type(raw) in _FUNCTIONS:
        return "function"
    if issubclass(type(raw), types.ModuleType):
        return "namespace"
    if any("__get__" in layer for layer in class_layers(type(raw))):
        return "property"
    return "variable"
