"""A page drawn before its logo is loaded waits for a job that only its own worker can do."""
# fails: deadlock
# granularity: gil
# preemptions: 0

import threading
from concurrent.futures import ThreadPoolExecutor

cache = {}


def load(name: str) -> None:
    cache[name] = name.upper()


def draw(name: str) -> None:
    if name not in cache:
        pool.submit(load, name).result()


with ThreadPoolExecutor(max_workers=1) as pool:
    threads = [
        threading.Thread(target=lambda: pool.submit(load, "logo").result()),
        threading.Thread(target=lambda: pool.submit(draw, "logo").result()),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print(cache)
