"""A function of a thread, and what it asks of the loop; the loop goes on meanwhile."""
# expect: True MainThread True

import threading
import time

import trio


def work():
    where = trio.from_thread.run_sync(lambda: threading.current_thread().name)
    trio.from_thread.run(trio.sleep, 0.01)
    time.sleep(0.05)
    return threading.current_thread() is not threading.main_thread(), where


async def main():
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await trio.sleep(0.005)
            ticks += 1

    async with trio.open_nursery() as nursery:
        nursery.start_soon(tick)
        other, where = await trio.to_thread.run_sync(work)
        nursery.cancel_scope.cancel()
    print(other, where, ticks > 1)


trio.run(main)
