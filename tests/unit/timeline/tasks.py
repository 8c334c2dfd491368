"""Tasks that wait for each other, for a lock, a queue and the time; the run is in tasks.json."""

import asyncio
import time


async def work(lock):
    async with lock:
        await asyncio.sleep(0.05)


async def fail():
    await asyncio.sleep(0.03)
    raise ValueError


async def tick():
    while True:
        await asyncio.sleep(0.03)
        print("tick")


async def take(queue):
    print("took", await queue.get())


async def main():
    lock, queue = asyncio.Lock(), asyncio.Queue()
    background = [
        asyncio.create_task(tick(), name="tick"),
        asyncio.create_task(fail()),
        asyncio.create_task(take(queue)),
    ]
    async with asyncio.TaskGroup() as group:
        group.create_task(work(lock), name="first")
        group.create_task(work(lock), name="second")
    time.sleep(0.08)
    queue.put_nowait(1)
    await asyncio.sleep(0.02)
    del background


asyncio.run(main())
