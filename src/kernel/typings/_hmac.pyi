# A module of C, which `hmac` wraps; typeshed has no stub of it.

from typing import Any

def __getattr__(name: str) -> Any: ...
