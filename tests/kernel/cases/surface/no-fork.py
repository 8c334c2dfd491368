# expect: OSError 38 True ValueError None True
# What needs a fork says that there is none, and what can be had.
import multiprocessing
import os

told = []
for call in (
    os.fork,
    os.forkpty,
    *(lambda m=m: multiprocessing.get_context(m) for m in ("fork", "forkserver")),
):
    try:
        call()
    except Exception as error:
        number = getattr(error, "errno", None)
        told.append((type(error).__name__, number, "a page in a browser cannot fork" in str(error)))
assert told[0] == told[1] and told[2] == told[3]
print(*told[0], *told[2])
