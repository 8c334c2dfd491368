"""Runs in the interpreter's own start, before any module captures what the kernel replaces."""

import _os_kernel

_os_kernel.install()
