"""Packages beside the standard library: what can be had, how it comes, where it is put.

The page serves each distribution in an archive of its own (src/kernel/build/packages/). When a
program imports a module that only a distribution has, the finder asks the page for it and for what
it requires, and waits. From then on the files lie where pip would have put them.
"""
