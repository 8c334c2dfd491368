"""The finder that asks the page for what a program imports.

Invariant: it is asked last, for what no other finder has found, and it finds what pip's folder
has after the page has answered. Only the thread that imports waits.
"""

import _imp
import sys
from importlib.machinery import PathFinder

from .. import machine
from ..sched import fiber, inbox
from ..sched.wait import INTERRUPTED, Wait
from ..seam import late
from ..signals import delivery
from . import index

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


def the_store() -> ModuleType:
    """`packages/store.py`."""
    return late.load("packages.gevent", "packages.trio", "packages.store")


class PackageWait(Wait):
    """Waits until the page has answered the request `object`."""

    __slots__ = ()
    thing = "a package"


class _Request:
    def __init__(self) -> None:
        self.answered = False
        self.problem: str | None = None
        self.wait: PackageWait | None = None


#: The requests that are not answered, by their numbers.
_open: dict[int, _Request] = {}


class PackageFinder:
    """Finds the modules of distributions that the site serves."""

    @staticmethod
    def find_spec(
        fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A module's spec, once its distribution is in place; None for any other module.

        Raises ImportError if the distribution cannot be loaded.
        """
        providers = index.providers(fullname)
        wanted = the_store().missing(index.with_requirements(providers)) if providers else ()
        # Python that JavaScript has called cannot wait.
        if not wanted or not machine.may_wait():
            return None
        problem = _bring(wanted)
        if problem is not None:
            raise ImportError(f"{fullname} cannot be loaded: {problem}", name=fullname)
        return PathFinder.find_spec(fullname, path, target)


def _bring(names: list[str]) -> str | None:
    """Waits until they are in place; answers with what went wrong, if anything did."""
    number = machine.ask_packages(" ".join(names))
    request = _open[number] = _Request()
    fiber.cpu.external += 1
    held = _release_imports()
    try:
        while not request.answered:
            request.wait = PackageWait(request)
            if request.wait.block() == INTERRUPTED:
                delivery.run_pending()
    finally:
        fiber.cpu.external -= 1
        _open.pop(number, None)
        for _ in range(held):
            _imp.acquire_lock()
    return request.problem


def _release_imports() -> int:
    """Gives the lock of all imports away, so that other threads can import; how often we held it.

    importlib holds it while it asks its finders. The lock of the module itself stays ours.
    """
    held = 0
    while _imp.lock_held():
        try:
            _imp.release_lock()
        except RuntimeError:
            break  # Another thread holds it.
        held += 1
    return held


def _arrived(arrival: machine.PackagesArrival) -> None:
    """Takes what the page has sent, also when nobody waits for it any more."""
    problem = arrival.problem
    for archive in arrival.archives:
        problem = the_store().store(archive.name, archive.content.to_bytes()) or problem
    request = _open.get(arrival.request)
    if request is not None:
        request.answered, request.problem = True, problem
        if request.wait is not None:
            request.wait.wake()


inbox.handlers["packages"] = _arrived


def install() -> None:
    sys.meta_path.append(PackageFinder)
