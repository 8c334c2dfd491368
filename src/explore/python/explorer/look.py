"""What a program is at the moment in which it stands: its threads with their frames, and its names.

Invariant: looking runs no code of the program and keeps nothing of what it has seen but texts.
"""

import types

from _os_kernel.sched import fiber
from _os_kernel.threads import thread

from .texts import text_of
from .trace import thing_of

#: Frames of a thread, names of a frame, and threads: the rest is counted.
_FRAMES = 12
_NAMES = 60
LANES = 60

_no_data = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


def names_in(values) -> list[dict[str, str]]:
    """The names of data in a namespace, as texts."""
    found = []
    for name, value in list(values.items()):
        hidden = type(name) is not str or name.startswith(("__", "."))
        if hidden or isinstance(value, _no_data):
            continue
        found.append({"name": name, "text": text_of(value)})
        if len(found) == _NAMES:
            break
    return found


class Look:
    """Looks at the threads of a run; `codes` are those of the program."""

    def __init__(self, codes) -> None:
        self._own = {id(code) for code in codes}

    def is_own(self, code) -> bool:
        return id(code) in self._own

    def innermost(self, frame):
        """The frame of the program's own code that `frame` is, or was called from."""
        while frame is not None and not self.is_own(frame.f_code):
            frame = frame.f_back
        return frame

    def frames(self, frame) -> tuple[list[dict], int]:
        """The program's frames from `frame` on, the innermost first, and how many are left out."""
        found: list[dict] = []
        left = 0
        while (frame := self.innermost(frame)) is not None:
            if len(found) < _FRAMES:
                found.append(self._frame(frame))
            else:
                left += 1
            frame = frame.f_back
        return found, left

    def _frame(self, frame) -> dict:
        code = frame.f_code
        # What a module has is shared, and shown apart.
        shared = frame.f_locals is frame.f_globals
        return {
            "name": code.co_qualname,
            "file": code.co_filename,
            "line": frame.f_lineno or code.co_firstlineno,
            "names": [] if shared else names_in(frame.f_locals),
        }


def state_of(of, current) -> tuple[str, str]:
    """What a thread does, and what it waits for."""
    if thread.alive.get(of.ident) is not of or of.fiber is None:
        return "ended", ""
    if of is current:
        return "stands", ""
    if of.fiber.wait is not None and of.fiber not in fiber.ready:
        return "waits", thing_of(of, of.fiber.wait)
    return ("new" if of.fiber.job is not None else "ready"), ""
