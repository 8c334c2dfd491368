# expect: True True
"""Every module can be put into a set, those of JavaScript's too."""

import sys

first = set(sys.modules.values())
if sys.platform == "emscripten":
    import js
    import pyodide_js

    assert {js, pyodide_js} <= set(sys.modules.values()) and hash(js) == hash(js)
print(len(first) > 10, len(set(sys.modules.values())) >= len(first))
