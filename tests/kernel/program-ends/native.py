"""Runs programs one after the other with this interpreter and tells how each ended.

JSON comes on standard input (name to source) and goes to standard output. The folder in which a
program lies is told as the kernel's, and the standard library as `<lib>`.
"""

import json
import os
import subprocess
import sys
import tempfile

_LIBRARY = os.path.dirname(os.__file__) + os.sep


def run(source):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "program.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        done = subprocess.run(
            [sys.executable, "-u", "program.py"],
            cwd=folder,
            env={"PYTHON_COLORS": "1", "PYTHONUTF8": "1", "PATH": os.environ.get("PATH", "")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def told(text):
        return text.replace(folder, "/home/reader").replace(_LIBRARY, "<lib>/")

    # A shell adds the number of the signal to 128; `subprocess` tells it as a negative number.
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return {"stdout": told(done.stdout), "stderr": told(done.stderr), "code": code}


programs = json.load(sys.stdin)
version = "{}.{}.{}".format(*sys.version_info)
ends = {name: run(source) for name, source in programs.items()}
json.dump({"python": version, "ends": ends}, sys.stdout)
