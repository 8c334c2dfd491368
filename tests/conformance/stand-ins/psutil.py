"""In place of psutil, which greenlet's tests import: it asks an operating system about processes.

Invariant: it measures nothing, so that the tests which want a measurement skip themselves.
"""


class Process:
    """Has no `memory_full_info`, as on a system that cannot tell."""

    def __init__(self, pid: int | None = None) -> None:
        self.pid = pid
