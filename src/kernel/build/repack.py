"""Repacks Pyodide's standard library for a fast boot; runs inside Pyodide at build time.

Invariant: every module of the original archive stays, with its source; what is often imported has
a `.pyc` too, in the archive that a start needs or beside its source. Our own modules have no
source there: their frames are hidden, and no program asks for it.
"""

import ast
import importlib._bootstrap_external as bootstrap
import importlib.util
import json
import marshal
import zipfile

ARCHIVE = "/lib/python314.zip/"

# What Pyodide's stand-ins for `ssl` raise, and what they raise here: an OSError, as CPython's do.
_NO_TLS = (
    b'raise NotImplementedError("SSL is not supported in Pyodide")',
    b'raise SSLError(1, "there is no TLS in a page; servers here are reached without (no ssl=)")',
)
# What Pyodide has put into CPython's modules and a reader could not follow, and what comes there.
NOT_CPYTHONS = {
    # The default is `spawn`, as on macOS, and no other is there, as on Windows. CPython knows a
    # platform's start methods by its name.
    "multiprocessing/context.py": [
        (b"raise ValueError('cannot find context for %r' % method) from None", b"""\
if method in ('fork', 'forkserver'):
                raise ValueError(
                    f"cannot find context for {method!r}: a page in a browser cannot fork; "
                    "use 'spawn', which is the default here") from None
            raise ValueError('cannot find context for %r' % method) from None"""),
        (b"""\
        'fork': ForkContext(),
        'spawn': SpawnContext(),
        'forkserver': ForkServerContext(),
""", b"""\
        'spawn': SpawnContext(),
"""),
        (b"reduction.HAVE_SEND_HANDLE and sys.platform != 'darwin'", b"False"),
    ],
    # It has processes.
    "subprocess.py": [
        (b'sys.platform not in {"emscripten", "wasi",', b'sys.platform not in {"wasi",'),
    ],
    "zoneinfo/_common.py": [(b"""\
        import sys
        if "tzdata" not in sys.modules:
            raise ZoneInfoNotFoundError(
               f"No time zone found with key {key}. \\n"
                " On Pyodide you must do pyodide.loadPackage('tzdata')"
                " package before you use zoneinfo.")
""", b"")],
    "_ssl.py": [
        (b"class SSLError(OSError):\n", b'class SSLError(OSError):\n    __module__ = "ssl"\n\n'),
        _NO_TLS,
    ],
    "ssl.py": [
        # Its own would take over the descriptor first, and then ask Node for TLS.
        (b"""\
        import _socket

        ssl_sock = cls.__new__(cls)
""", b"        " + _NO_TLS[0] + b"\n"),
        _NO_TLS,
        # CPython's has a class of C below it that holds the properties; gevent sets them there.
        (b"class SSLContext:\n", b"class _SSLContext:\n"),
        (b"\n\ndef create_default_context(\n", b'''

class SSLContext(_SSLContext):
    """An SSLContext holds various SSL-related configuration options and data."""

    # gevent's ssl calls it where CPython's calls wrap_socket.
    def _wrap_socket(self, *args, **kwargs):
        ''' + _NO_TLS[1] + b'''


def create_default_context(
'''),
    ],
}  # fmt: skip

# Modules of Pyodide's that src/kernel/python has its own of.
REPLACED = ("pyodide/_package_loader.py",)


class _Untyped(ast.NodeTransformer):
    """Takes out what is there for pyright alone, so that a start neither loads nor makes it.

    It also keeps what stands for C's as C has it: `lock.acquire` has no annotations, and
    `inspect.signature` shows none. A dataclass reads its own, so they stay.
    """

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.returns = None
        for each in ast.walk(node.args):
            if isinstance(each, ast.arg):
                each.annotation = None
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        self.generic_visit(node)
        if not any("dataclass" in ast.unparse(each) for each in node.decorator_list):
            node.body = [_plain(each) for each in node.body]
        return node

    def visit_If(self, node):
        self.generic_visit(node)
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return None
        return node


def _plain(statement):
    """A statement of a class without its annotation."""
    if not isinstance(statement, ast.AnnAssign):
        return statement
    if statement.value is None:
        return ast.copy_location(ast.Pass(), statement)
    return ast.copy_location(ast.Assign([statement.target], statement.value), statement)


def _untyped(source):
    return ast.fix_missing_locations(_Untyped().visit(ast.parse(source)))


def _pyc(name, source, code=None):
    """An unchecked hash-based pyc (PEP 552): valid whatever the archive's dates are.

    `code` is what is compiled where that is not `source` itself.
    """
    code = compile(code or source, ARCHIVE + name, "exec", dont_inherit=True)
    return bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source), False)


def _write(archive, name, data, compression=zipfile.ZIP_STORED):
    """With a fixed date: the archive must not vary."""
    archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, compression)


def repack(source_path, target_path, members):
    """Writes the archive at `source_path` anew, with a `.pyc` beside each of `members`.

    These are names with spaces between, as `ahead` gives them.
    """
    compiled = members.split()
    with zipfile.ZipFile(source_path) as old, zipfile.ZipFile(target_path, "w") as new:
        for name in sorted(old.namelist()):
            if name.endswith("/") or name in REPLACED:
                continue
            data = old.read(name)
            for found, instead in NOT_CPYTHONS.get(name, ()):
                if found not in data:
                    raise ValueError(f"{name} is not as Pyodide 314.0.7 has it")
                data = data.replace(found, instead)
            if name in compiled:
                _write(new, name + "c", _pyc(name, data))
            _write(new, name, data)


def add(archive_path, sources):
    """Adds our own modules, compiled, to the archive; `sources` is JSON: name to text."""
    with zipfile.ZipFile(archive_path, "a") as archive:
        for name, text in sorted(json.loads(sources).items()):
            data = text.encode()
            _write(archive, name + "c", _pyc(name, data, _untyped(data)))


def add_zones(archive_path, wheel_path):
    """Adds the time zones of the `tzdata` wheel as one member (`_os_kernel/files/zones.py`).

    A few hundred small files of their own would be several times as large.
    """
    folder = "tzdata/zoneinfo/"
    index, pieces, content = {}, {}, bytearray()
    with zipfile.ZipFile(wheel_path) as wheel:
        for name in sorted(wheel.namelist()):
            data = wheel.read(name)
            if not name.startswith(folder) or not data.startswith(b"TZif"):
                continue
            if data not in pieces:
                pieces[data] = (len(content), len(content) + len(data))
                content += data
            index[name.removeprefix(folder)] = pieces[data]
    packed = json.dumps(index, separators=(",", ":")).encode() + b"\n" + content
    with zipfile.ZipFile(archive_path, "a") as archive:
        _write(archive, "_os_kernel/zones.bin", packed)


def add_packages(archive_path, index):
    """Adds what can be imported besides the library (`_os_kernel/packages/index.py`); JSON."""
    with zipfile.ZipFile(archive_path, "a") as archive:
        _write(archive, "_os_kernel/packages/index.bin", marshal.dumps(json.loads(index)))


def split(path, members, core_path, rest_path):
    """Takes the compiled `members` out of the archive at `path` into one of their own.

    They are names with spaces between, as `started` gives them.

    The rest is deflated: it is kept as it comes, in each interpreter, and mostly never read.
    """
    early = {name + "c" for name in members.split()}
    with (
        zipfile.ZipFile(path) as whole,
        zipfile.ZipFile(core_path, "w") as core,
        zipfile.ZipFile(rest_path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as rest,
    ):
        for name in whole.namelist():
            if name in early:
                _write(core, name, whole.read(name))
            else:
                _write(rest, name, whole.read(name), zipfile.ZIP_DEFLATED)
