"""What a cell, a program and the checks of an exercise do alike with the standard streams."""

import sys


def flush() -> None:
    """Flushes stdout and stderr; a reader may have replaced them by anything."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            continue


def encodable(text: str) -> str:
    """`text` with lone surrogates escaped: JavaScript and JSON have no place for them."""
    return str.encode(text, "utf-8", "backslashreplace").decode()
