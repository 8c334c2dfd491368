"""What an interpreter must be told before it begins: what stands in `sys.flags`, and the seed of
hashes. Whoever asks for the usual can be given an interpreter that has begun already.

Invariant: what is handed on does not keep an interpreter from beginning. `importtime=2` is handed
on as `importtime`: for imports of what is loaded already this build's C prints bytes of its memory.
"""

from .boot_values import is_option, is_variable

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: `-B` is not among them: an interpreter in a page writes no `.pyc` in any case.
_FLAGS = "bdEIiOPqsv"
_EXTRAS = (
    "context_aware_warnings",
    "dev",
    "importtime",
    "int_max_str_digits",
    "no_debug_ranges",
    "thread_inherit_context",
    "utf8",
    "warn_default_encoding",
)
_VARIABLES = (
    "PYTHONDEBUG",
    "PYTHONDEVMODE",
    "PYTHONHASHSEED",
    "PYTHONINTMAXSTRDIGITS",
    "PYTHONNODEBUGRANGES",
    "PYTHONNOUSERSITE",
    "PYTHONOPTIMIZE",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONSAFEPATH",
    "PYTHONUSERBASE",
    "PYTHONUTF8",
    "PYTHONVERBOSE",
    "PYTHONWARNDEFAULTENCODING",
    "PYTHON_CONTEXT_AWARE_WARNINGS",
    "PYTHON_THREAD_INHERIT_CONTEXT",
)


def needed(argv: Sequence[str], environment: Iterable[str]) -> dict[str, list[str]] | None:
    """`Boot` of src/protocol/broker.ts for a command line; None if it asks for the usual."""
    options, letters = _options(argv)
    variables: list[str] = []
    if not {"E", "I"} & set(letters):
        for entry in environment:
            name, _, value = entry.partition("=")
            if name not in _VARIABLES or not value:
                continue
            if name == "PYTHONHASHSEED" and ("R" in letters or value == "random"):
                continue
            if not is_variable(name, value):
                continue
            variables.append(f"{name}=1" if name == "PYTHONPROFILEIMPORTTIME" else entry)
    if not options and not variables:
        return None
    return {"options": options, "environment": variables}


def _options(argv: Sequence[str]) -> tuple[list[str], str]:
    """The options that are to be handed on, and the letters of all."""
    options: list[str] = []
    seen = ""
    words = iter(argv[1:])
    for word in words:
        if word == "--check-hash-based-pycs":
            next(words, None)
            continue
        if not word.startswith("-") or word == "-":
            break
        letters = "" if word.startswith("--") else word[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter in "cm":
                return options, seen
            seen += letter
            if letter in _FLAGS:
                options.append(f"-{letter}")
            if letter in "WX":
                value = letters or next(words, "")
                letters = ""
                name, _, told = value.partition("=")
                if letter == "X" and name in _EXTRAS and is_option(name, told):
                    options += ["-X", name if name == "importtime" else value]
    return options, seen
