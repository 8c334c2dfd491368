"""Where a distribution's own tests are: beside the package that readers get.

Invariant: the folder is one that all processes see.
"""

import sys
from importlib.machinery import PathFinder


class SuiteFinder:
    """Finds `greenlet.tests`, `gevent.tests` and what is in them."""

    def __init__(self, folder):
        self._folder = folder

    def find_spec(self, fullname, path=None, target=None):
        project, _, rest = fullname.partition(".")
        if rest != "tests":
            return None
        return PathFinder.find_spec(fullname, [f"{self._folder}/{project}"], target)


def install(folder):
    sys.meta_path.insert(0, SuiteFinder(folder))
