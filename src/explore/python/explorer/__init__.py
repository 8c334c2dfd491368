"""Runs a program again and again under schedules that it chooses, and finds one that fails.

`run` executes the program once; `points` are the places where a thread may lose the processor;
`policies` choose who goes on; `search` tries policies until one fails, and shortens what it found.
"""
