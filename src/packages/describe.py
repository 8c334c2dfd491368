"""Prints what the wheels of a folder bring, as JSON: a part of `npm run lock:packages`.

Runs in the Python of whoever updates the lock, 3.9 or newer, with nothing installed.
"""

import json
import re
import sys
import zipfile
from email.parser import Parser
from pathlib import Path


def modules(names):
    """The shortest dotted names that nothing but this wheel gives.

    A folder without `__init__.py` is a namespace that other wheels share.
    """
    found = set()
    for name in names:
        if not name.endswith(".py") or ".dist-info/" in name:
            continue
        parts = name.removesuffix(".py").split("/")
        if parts[-1] == "__init__":
            parts.pop()
        for end in range(1, len(parts) + 1):
            folder = "/".join(parts[:end])
            if end == len(parts) or f"{folder}/__init__.py" in names:
                found.add(".".join(parts[:end]))
                break
    return sorted(found)


def describe(path):
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        metadata = next(n for n in names if n.endswith(".dist-info/METADATA"))
        fields = Parser().parsestr(wheel.read(metadata).decode())
    name = re.sub(r"[-_.]+", "-", fields["Name"]).lower()
    licence = fields["License-Expression"] or fields["License"]
    return name, {"version": fields["Version"], "licence": licence, "modules": modules(names)}


print(json.dumps(dict(describe(path) for path in sorted(Path(sys.argv[1]).glob("*.whl")))))
