"""Says which members of the standard library's archive are compiled ahead, and which of them a
start of the kernel imports; runs inside Pyodide at build time, before `repack.py`.

Invariant: nothing is imported here for the build's sake, so none of it is among them.
"""

import sys

ARCHIVE = "/lib/python314.zip/"

# What a boot, the kernel, most of the course's cells and trio import: compiled ahead, because
# compiling is what a boot spends its time on. Everything else is compiled at its first import.
AHEAD = (
    "ast", "asyncio", "bisect", "collections", "concurrent.futures.thread", "contextlib",
    "contextvars", "copy", "ctypes.util", "dataclasses", "datetime", "dis", "enum", "functools",
    "heapq", "hmac", "inspect", "io", "itertools", "json", "linecache", "logging", "operator",
    "platform", "pprint", "queue", "random", "re", "reprlib", "sched", "selectors", "shutil",
    "signal", "socket", "statistics", "string", "sysconfig", "textwrap", "threading", "timeit",
    "tokenize", "traceback", "types", "typing", "unicodedata", "unittest", "urllib.parse",
    "weakref",
)  # fmt: skip

# What src/kernel/process imports, and what `_os_kernel.attach` and `_kernel.boot` import when they
# are called. A start that needs more than these import ends with an ImportError.
STARTS = (
    "_kernel.boot", "_kernel.program", "_os_kernel.files.keyboard", "_os_kernel.net.page",
    "_os_kernel.packages.finder", "_os_kernel.sched.c_waits", "_os_kernel.sched.main_thread",
    "_os_kernel.sched.preempt", "_os_kernel.seam.promises", "_os_kernel.seam.undo_pyodide",
)  # fmt: skip


def archived():
    """The archive members behind all modules that are loaded."""
    origins = (
        spec.origin
        for module in list(sys.modules.values())
        if (spec := getattr(module, "__spec__", None)) and spec.origin
    )
    members = (o.removeprefix(ARCHIVE) for o in origins if o.startswith(ARCHIVE))
    # A module that came compiled names its `.pyc`.
    return {m.removesuffix("c") if m.endswith(".pyc") else m for m in members}


def ahead():
    """The names of the members to be compiled, with spaces between."""
    for name in AHEAD:
        __import__(name)
    return " ".join(sorted(archived()))


def started():
    """The names of the members that a start of the kernel imports, with spaces between."""
    for name in STARTS:
        __import__(name)
    return " ".join(sorted(archived()))
