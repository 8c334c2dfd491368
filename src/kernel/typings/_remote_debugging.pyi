# A module of C, which `asyncio.tools` uses; typeshed has no stub of it.

from typing import Any

def __getattr__(name: str) -> Any: ...
