"""Makes a wheel into an archive that the page can load; runs inside Pyodide at build time.

Invariant: an archive has the wheel's Python files, each compiled by the Python that will run it,
its metadata and its licences, at the places where pip installs them. Nothing of it depends on when
or where it was made.
"""

import importlib._bootstrap_external as bootstrap
import importlib.util
import io
import json
import tarfile
import zipfile
from site import getsitepackages

SITE = getsitepackages()[0]
#: Folders of a project's own tests: none is part of what its documentation describes.
TESTS = {"tests", "_tests"}
#: What importlib.metadata reads and programs ask for.
METADATA = {"METADATA", "entry_points.txt"}
LICENCE_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS", "COPYRIGHT")


def _is_licence(name):
    folder, _, file = name.rpartition("/")
    at_top = folder.endswith(".dist-info") and file.upper().startswith(LICENCE_NAMES)
    return at_top or ".dist-info/licenses/" in name


def _is_wanted(name):
    folder, _, file = name.rpartition("/")
    if not file:
        return False
    if _is_licence(name) or (folder.endswith(".dist-info") and file in METADATA):
        return True
    return name.endswith(".py") and not TESTS.intersection(folder.split("/"))


def _compiled(name, source):
    """Where its `.pyc` lies, and that: unchecked (PEP 552), whatever the date of its source."""
    path = f"{SITE}/{name}"
    code = compile(source, path, "exec", dont_inherit=True)
    content = bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source), False)
    return importlib.util.cache_from_source(path).removeprefix(f"{SITE}/"), content


def _add(archive, name, content):
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def make(wheel_path, archive_path):
    """Writes the archive, not compressed; answers with the texts of the licences, as JSON."""
    licences = {}
    with (
        zipfile.ZipFile(wheel_path) as wheel,
        tarfile.open(archive_path, "w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name in sorted(filter(_is_wanted, wheel.namelist())):
            content = wheel.read(name)
            _add(archive, name, content)
            if name.endswith(".py"):
                _add(archive, *_compiled(name, content))
            elif _is_licence(name):
                licences[name.rpartition("/")[2]] = content.decode("utf-8", "replace")
    return json.dumps(licences)
