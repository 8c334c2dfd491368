# Made by `npm run stubs` from src/kernel/process/page.ts, src/protocol/check.ts and question.ts.
# There is no such module at run time: it is imported for types alone.

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol, TypedDict

class Proxy[Value](Protocol):
    def to_py(self) -> Value: ...

class CheckRequest(TypedDict):
    source: str
    names: list[str]
    stopAtFailure: bool

class CompletionsQuestion(TypedDict):
    kind: Literal["completions"]
    namespace: str
    of: list[list[str]]
    callee: list[list[str]]

class InspectionQuestion(TypedDict):
    kind: Literal["inspection"]
    namespace: str
    of: list[list[str]]

type Question = CompletionsQuestion | InspectionQuestion

class Page(Protocol):
    def result(self, text: str, introspection: bool, /) -> None: ...
    def error(self, name: str, message: str, traceback: str, hint: str, error: list[BaseException], /) -> None: ...
    def flush(self) -> None: ...
    # The signal whose default action has ended the interpreter.
    def killed(self, signal: str, /) -> None: ...
    def exit(self, code: int, /) -> None: ...
    # How a check goes: `failure` is a dict with the fields of a CheckFailure, undefined unless the state is `failed`.
    def check(self, check: str, state: Literal["begun", "passed", "failed"], failure: Mapping[str, str] | None = None, /) -> None: ...

class Recording(Protocol):
    # For how long the run goes on already, on the cell's clock.
    def elapsed(self) -> float: ...
    recorded: Callable[[str], None]

class CellJob(Protocol):
    source: str
    filename: str
    namespace: str
    net: Proxy[Mapping[str, Any]] | None
    recording: Recording | None
    finished: Callable[[str], None]

class ProgramJob(Protocol):
    source: str
    filename: str
    argv: Proxy[list[str]]
    checks: Proxy[CheckRequest] | None
    net: Proxy[Mapping[str, Any]] | None
    recording: Recording | None
    finished: Callable[[str], None]
