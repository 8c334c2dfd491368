"""A job that needs another job's work does it itself and never waits for its own pool."""

import threading
from concurrent.futures import ThreadPoolExecutor

cache = {}


def load(name: str) -> None:
    cache[name] = name.upper()


def draw(name: str) -> None:
    if name not in cache:
        load(name)


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
