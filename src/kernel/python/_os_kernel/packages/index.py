"""What can be imported besides the standard library.

The build writes it into the archive of the standard library. Invariant: a distribution without a
hash is one that the builder of this site could not get.
"""

import marshal
import sys

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypedDict

    class Distribution(TypedDict):
        """As `packageIndex` of src/kernel/build/stdlib.ts writes it."""

        version: str
        modules: list[str]
        requires: list[str]
        sha256: str | None
        #: Of the archive as it comes over the wire.
        bytes: int


_ARCHIVE = __file__.removesuffix("c").removesuffix("/_os_kernel/packages/index.py")
_MEMBER = "_os_kernel/packages/index.bin"
_known: dict[str, Distribution] = {}


def known() -> dict[str, Distribution]:
    """Every distribution by its name; none until the whole library is there."""
    if not _known:
        importer: Any = sys.path_importer_cache.get(_ARCHIVE)
        try:
            packed = importer.get_data(_MEMBER)
        except OSError:
            return {}
        _known.update(marshal.loads(packed))
    return _known


def providers(module: str) -> list[str]:
    """The distributions that have `module`; those whose namespace it is, if it is one."""
    return [
        name
        for name, about in known().items()
        if any(_within(module, own) or _within(own, module) for own in about["modules"])
    ]


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def with_requirements(names: Iterable[str]) -> list[str]:
    """`names` that are known, and all that they require, each before what it requires."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        about = known().get(name)
        if about is not None and name not in found:
            found[name] = None
            waiting += about["requires"]
    return list(found)
