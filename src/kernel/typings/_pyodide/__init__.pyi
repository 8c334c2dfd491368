# Of Pyodide, which has no stubs: nothing of it is checked.

from typing import Any

def __getattr__(name: str) -> Any: ...
