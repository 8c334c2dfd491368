# expect: OSError 38 True
# What needs a second process says why there is none, and what can be had.
import concurrent.futures
import multiprocessing
import os
from multiprocessing import shared_memory

told = []
for call in (
    os.fork,
    multiprocessing.Process(target=print).start,
    lambda: multiprocessing.Pool(1),
    lambda: concurrent.futures.ProcessPoolExecutor(1).submit(print).result(),
    lambda: shared_memory.SharedMemory(create=True, size=8),
):
    try:
        call()
        told.append("started")
    except Exception as error:
        number = getattr(error, "errno", None)
        told.append((type(error).__name__, number, "ThreadPool" in str(error)))
print(*(told[0] if len(set(told)) == 1 else told))
