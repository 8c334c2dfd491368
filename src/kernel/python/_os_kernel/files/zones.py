"""`/usr/share/zoneinfo`: the time zones of IANA, as a Linux machine has them.

They lie in the archive of the standard library as one piece, packed at build time, and become
files when `zoneinfo` is first looked for. A site that was built without them has none.

Invariant: the files are made once, and nothing is written before somebody asks for `zoneinfo`.
"""

import posix

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import zipimport

_FOLDER = "/usr/share/zoneinfo/"
_MEMBER = "_os_kernel/zones.bin"
_made: set[str] = set()


def make(importer: zipimport.zipimporter) -> None:
    """`importer` is that of the archive."""
    if _made:
        return
    _made.add(_FOLDER)
    try:
        packed = importer.get_data(_MEMBER)
    except OSError:
        return
    from json import loads

    # One line of JSON, name to start and end behind it; names may share a piece.
    index, _, content = packed.partition(b"\n")
    for name, (start, end) in loads(index).items():
        _folders(_FOLDER + name)
        file = posix.open(_FOLDER + name, posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC, 0o644)
        posix.write(file, content[start:end])
        posix.close(file)


def _folders(path: str) -> None:
    """Makes the folders above `path` that are not there."""
    from contextlib import suppress

    at = path.find("/", 1)
    while at > 0:
        if path[:at] not in _made:
            _made.add(path[:at])
            with suppress(FileExistsError):
                posix.mkdir(path[:at], 0o755)
        at = path.find("/", at + 1)
