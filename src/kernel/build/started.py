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
    "pickle", "platform", "pprint", "queue", "random", "re", "reprlib", "runpy", "sched",
    "selectors", "shutil", "signal", "socket", "statistics", "string", "sysconfig", "tempfile",
    "textwrap", "threading", "timeit", "tokenize", "traceback", "types", "typing", "unicodedata",
    "unittest", "urllib.parse", "weakref",
)  # fmt: skip

# What a process of `multiprocessing` imports before its function is called. At build time there are
# no processes, so not all of it can be imported; these are the members of the archive.
PROCESSES = (
    "concurrent/futures/process.py",
    "multiprocessing/__init__.py",
    "multiprocessing/connection.py",
    "multiprocessing/context.py",
    "multiprocessing/heap.py",
    "multiprocessing/managers.py",
    "multiprocessing/pool.py",
    "multiprocessing/popen_fork.py",
    "multiprocessing/popen_spawn_posix.py",
    "multiprocessing/process.py",
    "multiprocessing/queues.py",
    "multiprocessing/reduction.py",
    "multiprocessing/resource_sharer.py",
    "multiprocessing/resource_tracker.py",
    "multiprocessing/shared_memory.py",
    "multiprocessing/sharedctypes.py",
    "multiprocessing/spawn.py",
    "multiprocessing/synchronize.py",
    "multiprocessing/util.py",
)

# What a start in the development mode (`-X dev`) looks up besides: the codec of the strings that
# `re` compiles.
DEVELOPMENT = ("encodings/latin_1.py",)


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
    return " ".join(sorted(archived().union(PROCESSES, DEVELOPMENT)))


def started():
    """The names of the members that a start of the kernel imports, with spaces between."""
    # What src/kernel/process imports; it says itself what comes when its functions are called.
    from _kernel import boot

    boot.load_start()
    return " ".join(sorted(archived().union(DEVELOPMENT)))
