"""Stands in for Pyodide's installer of packages, which Pyodide 314.0.7 imports at each start.

Invariant: it has what a start reads and calls, and nothing else. Pyodide's own imports shutil,
tempfile and zipfile, and registers an archive format with `shutil` that CPython does not have.
"""

from site import getsitepackages


class _Folder:
    def __init__(self, path: str) -> None:
        self._path = path

    def __str__(self) -> str:
        return self._path


SITE_PACKAGES = _Folder(getsitepackages()[0])
DSO_DIR = _Folder("/usr/lib")


def init_loaded_packages() -> None:
    """Pyodide's looks for packages that were there before: there are none."""
