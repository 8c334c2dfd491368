"""Runs a chain of notebook cells in one namespace on a running loop; only the last one is recorded.

What Jupyter does, without Jupyter: top-level ``await`` works, ``asyncio.run`` raises, the value of
the last expression is shown. The cells before the last print before the report ``start``: dropped.
"""

import ast
import asyncio
import builtins
import inspect
import json
import linecache
import os
import sys
import types

from sitecustomize import report, report_exception


def compiled(source, filename):
    """The cell's statements and, apart, its last expression or None."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree = compile(source, filename, "exec", flags | ast.PyCF_ONLY_AST)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    body = compile(tree, filename, "exec", flags)
    return body, last and compile(last, filename, "eval", flags)


async def run(code, namespace):
    value = eval(code, namespace)
    return await value if code.co_flags & inspect.CO_COROUTINE else value


async def run_cell(cell, namespace):
    """True when the cell ended without an exception."""
    source, filename = cell["source"], cell["filename"]
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        body, last = compiled(source, filename)
        await run(body, namespace)
        value = None if last is None else await run(last, namespace)
        if value is not None:
            builtins._ = value
            report(type="result", text=repr(value))
    except BaseException as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        report_exception(error.with_traceback(trace))
        return False
    return True


async def main(cells):
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    for cell in cells[:-1]:
        await run_cell(cell, module.__dict__)
    report(type="start")
    await run_cell(cells[-1], module.__dict__)
    report(type="finished")


if __name__ == "__main__":
    # A warning that arises between two lines of the cell quotes the line that runs then: ours.
    linecache.cache[__file__] = (0, None, [], __file__)
    with open(os.path.join(os.path.dirname(__file__), "cells.json"), encoding="utf-8") as file:
        chain = json.load(file)
    asyncio.run(main(chain))
