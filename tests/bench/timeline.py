"""What threads cost: locks that are free, locks that change hands, and switches, per operation;
and turns of tasks.
"""

import asyncio
import threading
import time

TIMES = 5


def timed(function, count):
    best = float("inf")
    for _ in range(TIMES):
        begun = time.perf_counter()
        function(count)
        best = min(best, time.perf_counter() - begun)
    return best / count * 1e6


def uncontended(count):
    lock = threading.Lock()
    for _ in range(count):
        with lock:
            pass


def ping_pong(count):
    ours, theirs = threading.Semaphore(0), threading.Semaphore(0)

    def answer():
        for _ in range(count):
            ours.acquire()
            theirs.release()

    other = threading.Thread(target=answer)
    other.start()
    for _ in range(count):
        ours.release()
        theirs.acquire()
    other.join()


def switches(count):
    def give_way():
        for _ in range(count // 2):
            time.sleep(0)

    threads = [threading.Thread(target=give_way) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


async def _turns(count):
    async def give_way():
        for _ in range(count // 2):
            await asyncio.sleep(0)

    await asyncio.gather(give_way(), give_way())


def turns_of_tasks(count):
    # Outside of the loop that runs the cell.
    thread = threading.Thread(target=asyncio.run, args=(_turns(count),))
    thread.start()
    thread.join()


for function, count in (
    (uncontended, 100_000),
    (ping_pong, 2_000),
    (switches, 5_000),
    (turns_of_tasks, 20_000),
):
    print(function.__name__, timed(function, count))
