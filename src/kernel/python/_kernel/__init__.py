"""The kernel's Python side. Its frames never show in a reader's traceback: see `tracebacks`."""
