"""Descriptors: open files, pipes, standard input, locks of files, and waiting."""
