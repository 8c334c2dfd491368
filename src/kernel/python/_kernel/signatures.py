"""Signatures and docstrings without running anything of a program's (see `_kernel.static`).

Annotations are shown as they were written, from the source of a cell: every format of
`annotationlib` may run them.
"""

import ast
import functools
import inspect
import linecache
import types

from _kernel import static

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    type Parameter = tuple[str, str, str]
    from typing import Any

_BUILTINS = (
    types.BuiltinFunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
    types.ClassMethodDescriptorType,
)
_HEAP_TYPE = 1 << 9
_class_flags = type.__dict__["__flags__"].__get__
_LONGEST_DEFAULT = 40
_LONGEST_SOURCE = 100_000
_LONGEST_DOC = 4000
#: Wrappers inside wrappers that are followed.
_DEPTH = 10


def signature(obj: object) -> tuple[list[Parameter], str] | None:
    """(parameters, return annotation) of a call of `obj`, or None.

    Each parameter is (text, name, kind); kind `mark` is `/` or `*`.
    """
    found = _target(obj)
    if found is None:
        return None
    target, skipped = found
    annotations = {}
    if type(target) is types.FunctionType:
        annotations = _annotations(target.__code__)
        target = _bare(target)
    try:
        read = inspect.signature(target)
    except Exception:
        return None
    parameters = list(read.parameters.values())
    for _ in range(skipped):
        if parameters and parameters[0].kind in (
            inspect.Parameter.POSITIONAL_ONLY,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
        ):
            del parameters[0]
    return _marked(parameters, annotations), annotations.get("return", "")


def _bare(function: types.FunctionType) -> types.FunctionType:
    """A function of the same parameters that has nothing else."""
    bare = types.FunctionType(
        function.__code__, {}, function.__name__, function.__defaults__, function.__closure__
    )
    bare.__kwdefaults__ = function.__kwdefaults__
    return bare


def _annotations(code: types.CodeType) -> dict[str, str]:
    """Parameter (or `return`) to annotation, for functions of cells; else empty."""
    entry: Any = linecache.cache.get(code.co_filename, (0, 0, (), ""))
    size, modified, lines, _ = entry
    # Only a cell's entry has no time: a file need not be parsed.
    if modified is not None or size > _LONGEST_SOURCE:
        return {}
    try:
        tree = ast.parse("".join(lines))
    except SyntaxError, ValueError, RecursionError:
        return {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        if (node.name, first) == (code.co_name, code.co_firstlineno):
            given = node.args
            every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
            annotated = {arg.arg: arg.annotation for arg in every if arg and arg.annotation}
            if node.returns:
                annotated["return"] = node.returns
            return {name: ast.unparse(annotation) for name, annotation in annotated.items()}
    return {}


def _target(obj: Any) -> tuple[Any, int] | None:  # noqa: ANN401
    """A callable that `inspect` reads without running code, and how many parameters are bound."""
    skipped = 0
    for _ in range(_DEPTH):
        kind = type(obj)
        if kind is static.Method:
            skipped, obj = skipped + 1, obj.function
        elif kind is types.MethodType:
            skipped, obj = skipped + 1, obj.__func__
        elif kind is types.FunctionType:
            attributes = obj.__dict__
            if "__wrapped__" not in attributes:
                return obj, skipped
            obj = attributes["__wrapped__"]
        elif kind in _BUILTINS:
            return obj, skipped
        elif static.is_class(obj):
            made = _constructor(obj)
            if made is obj:
                return obj, skipped
            if made is None:
                return None
            skipped, obj = skipped + 1, made
        elif "__wrapped__" in static.own(obj):
            obj = static.own(obj)["__wrapped__"]
        elif kind is functools.partial:
            return None
        else:
            obj = static.find(obj, "__call__")
            if obj is static.MISSING or obj is static.OPAQUE:
                return None
    return None


def _constructor(cls: type) -> Any:  # noqa: ANN401
    """The function that a call of `cls` hands its arguments to; `cls` itself if it is C's."""
    for layer in static.class_layers(cls):
        for name in ("__new__", "__init__"):
            raw = layer.get(name)
            if type(raw) is staticmethod:
                raw = raw.__func__
            if type(raw) is types.FunctionType:
                return raw
    return None if _class_flags(cls) & _HEAP_TYPE else cls


def _marked(
    parameters: Sequence[inspect.Parameter], annotations: Mapping[str, str]
) -> list[Parameter]:
    marked = []
    kinds = [parameter.kind for parameter in parameters]
    for index, parameter in enumerate(parameters):
        before = kinds[index - 1] if index else None
        kind = kinds[index]
        if before is parameter.POSITIONAL_ONLY and kind is not before:
            marked.append(("/", "", "mark"))
        if kind is parameter.KEYWORD_ONLY and before not in (kind, parameter.VAR_POSITIONAL):
            marked.append(("*", "", "mark"))
        marked.append((_text(parameter, annotations), parameter.name, _word(kind)))
    if kinds and kinds[-1] is inspect.Parameter.POSITIONAL_ONLY:
        marked.append(("/", "", "mark"))
    return marked


def _word(kind: inspect._ParameterKind) -> str:
    return {
        inspect.Parameter.POSITIONAL_ONLY: "positional",
        inspect.Parameter.POSITIONAL_OR_KEYWORD: "either",
        inspect.Parameter.VAR_POSITIONAL: "rest",
        inspect.Parameter.KEYWORD_ONLY: "keyword",
        inspect.Parameter.VAR_KEYWORD: "keywords",
    }[kind]


def _text(parameter: inspect.Parameter, annotations: Mapping[str, str]) -> str:
    text = {"rest": "*", "keywords": "**"}.get(_word(parameter.kind), "") + parameter.name
    annotation = annotations.get(parameter.name)
    equals = "="
    if annotation is not None:
        text += f": {annotation}"
        equals = " = "
    if parameter.default is not parameter.empty:
        text += equals + _default(parameter.default)
    return text


def _default(value: Any) -> str:  # noqa: ANN401
    """As `repr`, for values whose `repr` is CPython's own; else an ellipsis."""
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str, bytes):
        text = repr(value) if kind is not int or value.bit_length() < 200 else "…"
        return text if len(text) <= _LONGEST_DEFAULT else "…"
    if kind in (tuple, list, dict) and not value:
        return repr(value)
    if kind in (types.FunctionType, types.BuiltinFunctionType):
        return value.__name__
    return static.type_name(static.Instance(value)) if static.is_class(value) else "…"


def docstring(obj: Any) -> str:  # noqa: ANN401
    """The docstring of `obj`, of its class if it is a value; '' if there is none that is text."""
    if type(obj) is static.Method:
        obj = obj.function
    if type(obj) is types.MethodType:
        obj = obj.__func__
    if type(obj) in (types.FunctionType, *_BUILTINS):
        doc = obj.__doc__
    elif static.is_class(obj):
        doc = static.class_layers(obj)[0].get("__doc__")
    elif type(obj) is static.Instance:
        doc = static.class_layers(obj.cls)[0].get("__doc__")
    else:
        doc = static.own(obj).get("__doc__", static.class_layers(type(obj))[0].get("__doc__"))
    return inspect.cleandoc(doc[:_LONGEST_DOC]) if type(doc) is str else ""
