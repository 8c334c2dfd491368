"""`greenlet._greenlet`, the C extension of the distribution greenlet, on the kernel's fibers.

Nothing here is imported before a program imports greenlet (`seam/extensions.py`). What is said and
raised is that of greenlet 3.5; where behaviour was taken from one of its C++ files, that is named.
"""
