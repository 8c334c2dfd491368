"""Descriptors: open files, standard input, and waiting until one is ready."""
