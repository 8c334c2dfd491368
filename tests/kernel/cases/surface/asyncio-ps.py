# expect: Error retrieving tasks: a page in a browser can look into no process from outside
import contextlib
import io
import os
import runpy
import sys

sys.argv = ["asyncio", "ps", str(os.getpid())]
with contextlib.redirect_stdout(io.StringIO()) as told:
    try:
        runpy.run_module("asyncio", run_name="__main__")
    except SystemExit as end:
        assert end.code == 1
print(told.getvalue().partition(";")[0])
