"""What `-X` and its variables switch on in an interpreter that has begun.

What it must be told before is in `_os_kernel/proc/boot_options.py`. Invariant: the values are right
(`boot_values.py`).
"""

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
    frames = extra.get("tracemalloc", environment.get("PYTHONTRACEMALLOC") or "0")
    if frames != "0":
        import tracemalloc

        tracemalloc.start(1 if isinstance(frames, bool) or not frames else int(frames))
