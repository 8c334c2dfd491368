"""The values that `-X` options and variables may have, and what `python` says of others.

The functions and the words are those of CPython's `Python/initconfig.c`. Invariant: nothing else
decides what a value may be, neither who starts an interpreter nor who configures it.
"""

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: Whether a value is right, the function of C that finds it wrong, and what that says.
    type Value = tuple[Callable[[str], bool], str, str]

_MOST_SEED = 0xFFFFFFFF
_MOST_INT = 0x7FFFFFFF
_MOST_FRAMES = 0xFFFF
_LEAST_DIGITS = 640


def _number(text: str) -> int:
    """-1 for what is none."""
    number = int(text) if text.isascii() and text.isdigit() else -1
    return number if number <= _MOST_INT else -1


def is_seed(text: str) -> bool:
    """Whether `PYTHONHASHSEED` may have this value."""
    return text in ("", "random") or (text.isascii() and text.isdigit() and int(text) <= _MOST_SEED)


def _is_import_time(text: str) -> bool:
    return text in ("", "1", "2")


def _may_be_import_time(text: str) -> bool:
    # As a variable, anything that is no number switches it on.
    return _number(text) in (-1, 1, 2)


def _is_limit(text: str) -> bool:
    return _number(text) == 0 or _number(text) >= _LEAST_DIGITS


def _is_depth(text: str) -> bool:
    return text == "" or 0 <= _number(text) <= _MOST_FRAMES


def _is_count(text: str) -> bool:
    return text == "default" or _number(text) > 0


def _is_switch(text: str) -> bool:
    return text in ("0", "1")


_LIMIT = "invalid limit; must be >= 640 or 0 for unlimited."
_COUNT = "-X cpu_count=n option: n is missing or an invalid number, n must be greater than 0"
_RESERVED = "values other than 1 and 2 are reserved for future use."
_EXTRAS: dict[str, Value] = {
    "importtime": (_is_import_time, "import_time", f"-X importtime: {_RESERVED}"),
    "int_max_str_digits": (
        _is_limit, "int_max_str_digits", f"-X int_max_str_digits: {_LIMIT}"
    ),
    "tracemalloc": (
        _is_depth, "tracemalloc", "-X tracemalloc=NFRAME: invalid number of frames"
    ),
    "cpu_count": (_is_count, "cpu_count", _COUNT),
    "thread_inherit_context": (
        _is_switch,
        "thread_inherit_context",
        "-X thread_inherit_context=n: n is missing or invalid",
    ),
    "context_aware_warnings": (
        _is_switch,
        "context_aware_warnings",
        "-X context_aware_warnings=n: n is missing or invalid",
    ),
}
_VARIABLES: dict[str, Value] = {
    "PYTHONHASHSEED": (
        is_seed,
        "hash_seed",
        'PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]',
    ),
    "PYTHONPROFILEIMPORTTIME": (
        _may_be_import_time, "import_time", f"PYTHONPROFILEIMPORTTIME: numeric {_RESERVED}"
    ),
    "PYTHONINTMAXSTRDIGITS": (
        _is_limit, "int_max_str_digits", f"PYTHONINTMAXSTRDIGITS: {_LIMIT}"
    ),
    "PYTHONTRACEMALLOC": (
        _is_depth, "tracemalloc", "PYTHONTRACEMALLOC: invalid number of frames"
    ),
    "PYTHON_CPU_COUNT": (_is_count, "cpu_count", _COUNT),
    "PYTHON_THREAD_INHERIT_CONTEXT": (
        _is_switch,
        "thread_inherit_context",
        "PYTHON_THREAD_INHERIT_CONTEXT=N: N is missing or invalid",
    ),
    "PYTHON_CONTEXT_AWARE_WARNINGS": (
        _is_switch,
        "context_aware_warnings",
        "PYTHON_CONTEXT_AWARE_WARNINGS=N: N is missing or invalid",
    ),
}


def is_option(name: str, text: str) -> bool:
    """Whether `-X` may have it; what it does not know may have any value."""
    return name not in _EXTRAS or _EXTRAS[name][0](text)


def is_variable(name: str, text: str) -> bool:
    return name not in _VARIABLES or _VARIABLES[name][0](text)


def complaint(extra: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """What keeps an interpreter from beginning, as it says so; "" for nothing."""
    given = [(_EXTRAS.get(name), text) for name, text in extra.items()]
    given += [(each, text) for name, each in _VARIABLES.items() if (text := environment.get(name))]
    for known, text in given:
        if known is not None and not known[0](text):
            return (
                f"Fatal Python error: config_init_{known[1]}: {known[2]}\n"
                "Python runtime state: preinitialized\n"
            )
    return ""
