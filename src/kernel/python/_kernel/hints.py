"""What a reader may do about an error that is this page's and not their program's.

Invariant: a hint is told beside CPython's own traceback, which stays as it is. The exception knows
nothing of it, and one that a program catches has none.
"""

import errno
import re
import sys

#: Modules of the standard library that need what a browser does not have.
_LACKING = {
    "curses": "a terminal",
    "readline": "a terminal",
    "syslog": "a system log",
    "tkinter": "windows",
    "turtle": "windows",
    "idlelib": "windows",
    "turtledemo": "windows",
    "ensurepip": "pip",
    "venv": "a second process",
    "resource": "limits of a process",
    "pwd": "users",
    "grp": "users",
    "dbm": "a database library",
}
#: EAI_NONAME and EAI_AGAIN, the numbers of `socket.gaierror`.
_NO_ADDRESS = (-2, -3)
_MAGIC = re.compile(r"%{1,2}(?P<name>[a-z]\w*)")
_SHELL = re.compile(r"!|(?:python3? -m )?pip3? install\b|(?:sudo|apt|conda|cd|ls|git|npm) \S")
_INSTEAD = {
    "timeit": 'timeit.timeit("…", globals=globals(), number=1000) after `import timeit`',
    "time": "time.perf_counter() before and after, and the difference",
    "prun": "cProfile.run(…) after `import cProfile`",
    "run": "a cell that has the program's text",
}


def of(error: BaseException) -> str:
    """What is shown below the traceback of an uncaught `error`; "" for nothing."""
    return _hint(error) or ""


def _hint(error: BaseException) -> str | None:
    kind = type(error)
    if type(error) is ModuleNotFoundError:
        return _module(error.name)
    if type(error) is ImportError and _is_package(error):
        return "Check the connection, then run it again."
    if type(error) is SyntaxError or type(error) is IndentationError:
        return _syntax(error.text)
    if type(error) is AttributeError:
        return _attribute(error.obj, error.name)
    if (kind.__module__, kind.__name__) == ("zoneinfo._common", "ZoneInfoNotFoundError"):
        return _zone()
    if isinstance(error, OSError):
        # `urllib.error.URLError` has the error of `socket` as its reason.
        reason = getattr(error, "reason", None)
        return _network(reason if isinstance(reason, OSError) else error)
    return None


def _network(error: OSError) -> str | None:
    if error.errno == errno.ENETUNREACH:
        return (
            "This page has a network of its own that ends at this machine: connect to 127.0.0.1, "
            "::1 or localhost, where a server of yours listens."
        )
    if type(error).__name__ == "gaierror" and error.errno in _NO_ADDRESS:
        return (
            "This page has a network of its own, without name servers: it knows localhost and "
            "addresses such as 127.0.0.1, and no host outside."
        )
    return None


def _module(name: str | None) -> str | None:
    if not isinstance(name, str) or not name:
        return None
    top = name.partition(".")[0]
    if top in sys.modules:
        return None
    if top not in sys.stdlib_module_names:
        return _package(name)
    lacking = _LACKING.get(top, "what a browser does not have")
    return f"{top} is left out of the standard library here: it needs {lacking}."


def _is_package(error: ImportError) -> bool:
    """Whether the page could not load it (`PackageFinder` in _os_kernel/packages/finder.py)."""
    return error.msg is not None and error.msg.startswith(f"{error.name} cannot be loaded: ")


def _package(name: str) -> str | None:
    from _os_kernel.packages import finder, index

    distributions = index.providers(name)
    if not distributions:
        return _installable()
    if any(index.known()[each]["sha256"] is None for each in distributions):
        return (
            f"{name} belongs to this course, but this copy of the site was built on a machine "
            "that could not fetch it."
        )
    if finder.the_store().missing(distributions):
        return (
            "In this browser Python cannot wait for a package while it runs: "
            f"write `import {name}` in the cell itself."
        )
    return None


def _installable() -> str:
    """What can be had here, and how more can be."""
    from _os_kernel.packages import index

    known = index.known()
    had = sorted(name for name, about in known.items() if about["sha256"] is not None)
    others = f"the packages {', '.join(had)}" if had else "no other package"
    return (
        f"This page has Python's standard library and {others}; nothing else can be installed "
        "here. An author of the course can add a package that is written in Python alone "
        "(docs/packages.md). Where Python runs on a computer, pip can install it."
    )


def _syntax(text: str | None) -> str | None:
    if not isinstance(text, str):
        return None
    line = text.strip()
    if line.startswith((">>>", "... ")) or line == "...":
        return (
            "`>>>` and `...` are the prompts of Python's console and no part of a program: "
            "leave them out, and the lines of output too."
        )
    if magic := _MAGIC.match(line):
        word = magic.group()
        if magic["name"] == "pip":
            return f"`{word}` is a command of IPython's. {_installable()}"
        instead = _INSTEAD.get(magic["name"])
        told = f" In Python: {instead}." if instead else ""
        return f"`{word}` is a command of IPython's, which this page does not have.{told}"
    if _SHELL.match(line):
        told = f" {_installable()}" if "pip" in line else ""
        return f"This is a command for a shell, and this page has none.{told}"
    return None


def _attribute(obj: object, name: str | None) -> str | None:
    if name == "scrypt" and obj is sys.modules.get("hashlib"):
        return "hashlib.scrypt needs OpenSSL, which is not here; hashlib.pbkdf2_hmac is."
    return None


def _zone() -> str | None:
    from os import path

    if path.exists("/usr/share/zoneinfo"):
        return None
    return (
        "This copy of the site was built on a machine that could not fetch the time zones, "
        "so it has none."
    )
