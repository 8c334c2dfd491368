"""The program that `python FILE` runs: source, or code that was compiled before.

Invariant: what a file cannot be is told as `Modules/main.c` and `Python/pythonrun.c` tell it.
"""

import marshal
import sys
from importlib.machinery import SourceFileLoader, SourcelessFileLoader
from importlib.util import MAGIC_NUMBER

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType

#: Bytes before the code in a compiled file.
_HEAD = 16


def has_modules(path: str) -> bool:
    """Whether modules can be imported from it, so that `__main__` is run: a folder, an archive."""
    for hook in sys.path_hooks:
        try:
            hook(path)
        except ImportError:
            continue
        return True
    return False


def read(path: str, module: ModuleType, *, without_first_line: bool) -> CodeType:
    """The code of the file `path`; `module` learns where it is from."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        print(
            f"{sys.executable}: can't open file {path!r}: [Errno {error.errno}] {error.strerror}",
            file=sys.stderr,
        )
        raise SystemExit(2) from None
    module.__file__ = path
    module.__dict__["__cached__"] = None
    if path.endswith(".pyc") or content.startswith(MAGIC_NUMBER):
        module.__loader__ = SourcelessFileLoader("__main__", path)
        return _compiled(content)
    module.__loader__ = SourceFileLoader("__main__", path)
    if without_first_line:
        # It is not Python's, and is empty.
        content = content[content.find(b"\n") :] if b"\n" in content else b""
    if b"\0" in content:
        before = content[: content.index(b"\0")].decode(errors="replace").split("\n")
        place = (path, len(before), None, before[-1])
        raise SyntaxError("source code cannot contain null bytes", place)
    return compile(content, path, "exec", dont_inherit=True)


def _compiled(content: bytes) -> CodeType:
    if not content.startswith(MAGIC_NUMBER):
        raise RuntimeError("Bad magic number in .pyc file")
    code = marshal.loads(content[_HEAD:])
    if not isinstance(code, type(read.__code__)):
        raise RuntimeError("Bad code object in .pyc file")
    return code
