"""Answers what an editor asks while a reader types: completions, signatures, docstrings.

Invariant: looking up changes nothing and runs nothing of a program's (see `_kernel.static`); an
answer is small, whatever the objects are.
"""

import builtins
import sys

from _kernel import signatures, static

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypedDict

    from _kernel.page import CompletionsQuestion, InspectionQuestion, Question

    #: A namespace: names to values.
    type Names = Mapping[str, object]

    class Completion(TypedDict):
        label: str
        kind: static.Kind
        detail: str

    class Parameter(TypedDict):
        text: str
        name: str
        kind: str

    class Inspection(TypedDict):
        type: str
        callable: bool
        parameters: list[Parameter]
        returns: str
        doc: str

    class Answer(TypedDict, total=False):
        """One of the two."""

        completions: list[Completion]
        found: Inspection | None


_MOST = 1000
_LONGEST_NAME = 100
#: A step of a path: an instance of the class so far.
_CALLED = "()"


def answer(question: Question, names: Names) -> Answer:
    """Answers `question` (`Question` of src/protocol/question.ts) in the namespace `names`."""
    if question["kind"] == "completions":
        return _completions(question, names)
    return _inspection(question, names)


def _resolve(paths: Sequence[Sequence[str]], names: Names) -> object:
    """The object that the first path with an end leads to."""
    for path in paths:
        obj = _follow(path, names)
        if obj is not static.MISSING and obj is not static.OPAQUE:
            return obj
    return static.MISSING


def _follow(path: Sequence[str], names: Names) -> object:
    first, *rest = path
    for place in (names, vars(builtins), sys.modules):
        if first in place:
            obj = place[first]
            break
    else:
        return static.MISSING
    for step in rest:
        if step == _CALLED:
            if not static.is_class(obj):
                return static.MISSING
            obj = static.Instance(obj)
        else:
            module = sys.modules.get(f"{first}.{step}") if obj is sys.modules.get(first) else None
            obj = static.find(obj, step)
            if obj is static.MISSING and module is not None:
                obj = module
        if obj is static.MISSING or obj is static.OPAQUE:
            return obj
    return obj


def _completions(question: CompletionsQuestion, names: Names) -> Answer:
    found = []
    if question["callee"]:
        found += _keywords(_resolve(question["callee"], names))
    if question["of"]:
        obj = _resolve(question["of"], names)
        if obj is not static.MISSING:
            found += map(_completion, static.names(obj))
    else:
        found += [_completion(pair) for pair in list(names.items()) if type(pair[0]) is str]
    fitting = [each for each in found if len(each["label"]) <= _LONGEST_NAME]
    # Names with underscores are the ones that can be spared.
    fitting.sort(key=lambda each: each["label"].startswith("_"))
    return {"completions": fitting[:_MOST]}


def _completion(pair: tuple[str, object]) -> Completion:
    name, raw = pair
    kind = static.kind_of(raw)
    detail = static.type_name(raw) if kind == "variable" else ""
    return {"label": name, "kind": kind, "detail": detail[:_LONGEST_NAME]}


def _keywords(obj: object) -> Iterator[Completion]:
    read = None if obj is static.MISSING else signatures.signature(obj)
    for text, name, kind in read[0] if read else ():
        if kind in ("either", "keyword"):
            detail = text[len(name) :][:_LONGEST_NAME]
            yield {"label": f"{name}=", "kind": "property", "detail": detail}


def _inspection(question: InspectionQuestion, names: Names) -> Answer:
    obj = _resolve(question["of"], names)
    if obj is static.MISSING:
        return {"found": None}
    read = signatures.signature(obj)
    parameters, returns = read or ([], "")
    return {
        "found": {
            "type": static.type_name(obj)[:_LONGEST_NAME],
            "callable": read is not None,
            "parameters": [
                {"text": text[:_LONGEST_NAME], "name": name[:_LONGEST_NAME], "kind": kind}
                for text, name, kind in parameters[:_LONGEST_NAME]
            ],
            "returns": returns[:_LONGEST_NAME],
            "doc": signatures.docstring(obj),
        }
    }
