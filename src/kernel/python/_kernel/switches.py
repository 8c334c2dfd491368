"""What `-X` and its variables switch on in an interpreter that has begun.

What it must be told before is in `_os_kernel/proc/boot_options.py`. Invariant: the values are right
(`boot_values.py`).
"""

import codecs
import io
import os
import sys

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: C writes it above the first import that it tells of, which was one of the kernel's.
_HEADER = b"import time: self [us] | cumulative | imported package\n"


def turn(extra: Mapping[str, str | bool], environment: Mapping[str, str]) -> None:
    """`extra` is `sys._xoptions`."""
    if "importtime" in extra or environment.get("PYTHONPROFILEIMPORTTIME"):
        os.write(2, _HEADER)
    if sys.flags.dev_mode or "faulthandler" in extra or environment.get("PYTHONFAULTHANDLER"):
        import faulthandler

        faulthandler.enable()
    _encode(*environment.get("PYTHONIOENCODING", "").partition(":")[::2])
    frames = extra.get("tracemalloc", environment.get("PYTHONTRACEMALLOC") or "0")
    if frames != "0":
        import tracemalloc

        tracemalloc.start(1 if isinstance(frames, bool) or not frames else int(frames))


def _encode(encoding: str, errors: str) -> None:
    """The standard streams as `PYTHONIOENCODING` has them: "" for what it does not say."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and (encoding or errors):
            handler = stream.errors if stream is sys.stderr else errors or "strict"
            name = codecs.lookup(encoding).name if encoding else stream.encoding
            stream.reconfigure(encoding=name, errors=handler)
