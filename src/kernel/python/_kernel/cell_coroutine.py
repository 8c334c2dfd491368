"""A cell's run as a coroutine, which a task of asyncio's drives.

Invariant: to a program it looks as if the task ran the cell's own code and nothing else. That is
why it is no `async def`: the frame of one cannot be hidden (seam/hidden.py), those of these
methods can.
"""

import sys
from collections.abc import Coroutine

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import CodeType, FrameType
    from typing import Any, Never

    type Awaited = Coroutine[Any, Any, object] | None

#: What `step` gives after the last statement.
ENDED = object()
_BEFORE_THE_FIRST = compile("", "<cell>", "exec")


class CellCoroutine(Coroutine[object, object, object]):
    """`step` runs the next statement and gives the coroutine that it awaits, None, or ENDED.

    `settled` is told the exception that ended the cell, or None, and gives the outcome.
    """

    def __init__(
        self,
        step: Callable[[CellCoroutine], Awaited | object],
        settled: Callable[[BaseException | None], object],
    ) -> None:
        #: As a module's own code is named; a property of these names would be the class's.
        self.__name__ = self.__qualname__ = "<module>"
        #: The code of the statement that runs; the notebook sets it.
        self.cr_code: CodeType = _BEFORE_THE_FIRST
        self.cr_running = False
        self.cr_origin = None
        self._step = step
        self._settled = settled
        self._awaited: Any = None

    def __await__(self) -> Generator[Never]:
        raise RuntimeError("a cell is awaited by nothing")

    def __repr__(self) -> str:
        return f"<coroutine object <module> at {id(self):#x}>"

    @property
    def cr_frame(self) -> FrameType | None:
        if self._awaited is not None:
            return self._awaited.cr_frame
        frame = sys._getframe()
        while frame is not None and frame.f_code is not self.cr_code:
            frame = frame.f_back
        return frame

    @property
    def cr_await(self) -> object:
        return None if self._awaited is None else self._awaited.cr_await

    @property
    def cr_suspended(self) -> bool:
        return self._awaited is not None and not self.cr_running

    def send(self, value: object) -> object:
        return self._resume(value, None)

    def throw(self, error: BaseException, *_: object) -> object:
        return self._resume(None, error)

    def close(self) -> None:
        if self._awaited is not None:
            self._awaited.close()

    def _resume(self, value: object, error: BaseException | None) -> object:
        ending = None
        self.cr_running = True
        try:
            if error is not None and self._awaited is None:
                raise error
            while True:
                if self._awaited is not None:
                    try:
                        if error is not None:
                            return self._awaited.throw(error)
                        return self._awaited.send(value)
                    except StopIteration:
                        self._awaited = value = error = None
                step = self._step(self)
                if step is ENDED:
                    break
                self._awaited = step
        except BaseException as raised:
            self._awaited = None
            ending = raised
        finally:
            self.cr_running = False
        try:
            outcome = self._settled(ending)
        finally:
            ending = None
        raise StopIteration(outcome)
