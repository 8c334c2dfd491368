"""Repacks Pyodide's standard library for a fast boot; runs inside Pyodide at build time.

Invariant: every module of the original archive stays, with its source; a `.pyc` stands beside it.
"""

import contextlib
import importlib
import importlib._bootstrap_external as bootstrap
import importlib.util
import json
import sys
import zipfile

ARCHIVE = "/lib/python314.zip/"

# What a boot, the kernel and most of the course's cells import: compiled ahead, because compiling
# is what a boot spends its time on. Everything else is compiled when it is first imported.
AHEAD = (
    "ast", "asyncio", "bisect", "collections", "concurrent.futures.thread", "contextlib",
    "contextvars", "copy", "dataclasses", "datetime", "dis", "enum", "functools",
    "heapq", "inspect", "io", "itertools", "json", "linecache", "logging", "operator", "pprint",
    "queue", "random", "re", "reprlib", "sched", "selectors", "signal", "socket", "statistics",
    "string", "textwrap", "threading", "timeit", "tokenize", "traceback", "types", "typing",
    "unicodedata", "unittest", "urllib.parse", "weakref",
)  # fmt: skip


def _archived(names):
    """The archive members behind `names` and all that importing them loads."""
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    origins = (
        spec.origin
        for module in list(sys.modules.values())
        if (spec := getattr(module, "__spec__", None)) and spec.origin
    )
    return {o.removeprefix(ARCHIVE) for o in origins if o.startswith(ARCHIVE)}


def _pyc(name, source):
    """An unchecked hash-based pyc (PEP 552): valid whatever the archive's dates are."""
    code = compile(source, ARCHIVE + name, "exec", dont_inherit=True)
    return bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source), False)


def _write(archive, name, data):
    """Stored, with a fixed date: the whole is compressed once more, and must not vary."""
    archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data)


def repack(source_path, target_path):
    """Writes the archive at `source_path` anew, with a `.pyc` beside each module of `AHEAD`."""
    ahead = _archived(AHEAD)
    with zipfile.ZipFile(source_path) as old, zipfile.ZipFile(target_path, "w") as new:
        for name in sorted(old.namelist()):
            if name.endswith("/"):
                continue
            data = old.read(name)
            if name in ahead:
                _write(new, name + "c", _pyc(name, data))
            _write(new, name, data)


def add(archive_path, sources):
    """Adds our own modules, compiled, to the archive; `sources` is JSON: name to text."""
    with zipfile.ZipFile(archive_path, "a") as archive:
        for name, text in sorted(json.loads(sources).items()):
            data = text.encode()
            _write(archive, name + "c", _pyc(name, data))
            _write(archive, name, data)
