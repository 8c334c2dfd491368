"""How all this comes under CPython's own modules, and out of a program's sight."""
