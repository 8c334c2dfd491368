"""Puts the files of a distribution where pip would have put them.

Invariant: a distribution is put in place once and whole, and only if its archive is, byte for
byte, the one that the site was built with. Nothing here imports: whoever takes what arrives may
run while another thread holds the lock of imports.
"""

import posix
import sys
from _sha2 import sha256
from site import getsitepackages

from . import gevent, trio
from .index import known

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

#: What is done once a distribution is in place; called with SITE.
_preparations = {"gevent": gevent.prepare, "trio": trio.prepare}
SITE = getsitepackages()[0]
#: The distributions that are in place.
_there: set[str] = set()
#: The folders below SITE that are there.
_made: set[str] = set()
_BLOCK = 512


def missing(names: Iterable[str]) -> list[str]:
    """Those of `names` that the site has and that are not in place."""
    return [n for n in names if n not in _there and known()[n]["sha256"] is not None]


def store(name: str, tar: bytes) -> str | None:
    """Puts it in place; answers with what is wrong with the archive, if anything is."""
    if name in _there:
        return None
    about = known().get(name)
    if about is None or sha256(tar).hexdigest() != about["sha256"]:
        return f"{name} is damaged: its hash is not the one that this site was built with"
    for path, content in _members(tar):
        _write(path, content)
    _there.add(name)
    if name in _preparations:
        _preparations[name](SITE)
    # What was looked for before the files were there is looked for again.
    importer: Any = sys.path_importer_cache.get(SITE)
    if importer is not None:
        importer.invalidate_caches()
    return None


def _members(tar: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of a tar archive in the format of POSIX.1-1988, as the build writes it."""
    at = 0
    while at < len(tar) and tar[at]:
        header = tar[at : at + _BLOCK]
        folder, name = header[345:500].rstrip(b"\0"), header[:100].rstrip(b"\0")
        size = int(header[124:135], 8)
        at += _BLOCK
        yield (folder + b"/" + name if folder else name).decode(), tar[at : at + size]
        at += -(-size // _BLOCK) * _BLOCK


def _write(path: str, content: bytes) -> None:
    folder = path.rpartition("/")[0]
    if folder not in _made:
        _make_folders(folder)
    file = posix.open(
        f"{SITE}/{path}", posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC | posix.O_CLOEXEC, 0o644
    )
    try:
        posix.write(file, content)
    finally:
        posix.close(file)


def _make_folders(folder: str) -> None:
    parts = folder.split("/")
    for end in range(1, len(parts) + 1):
        path = "/".join(parts[:end])
        if path in _made:
            continue
        _made.add(path)
        try:
            posix.mkdir(f"{SITE}/{path}", 0o755)
        except FileExistsError:
            continue
