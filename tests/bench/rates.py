"""`rates.py NAME`: one figure of greenlets, trio's tasks or asyncio's, or what an import costs.

Runs in the readers' kernel and in native CPython alike. Prints a line of JSON for each figure.

Invariant: times of what takes microseconds are the median of several rounds in this interpreter.
"""

import json
import statistics
import sys
import time

ROUNDS = 5


def report(name, value, unit):
    print("@@" + json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


def greenlet_switch(times=20_000):
    import greenlet

    here = greenlet.getcurrent()

    def answer():
        while True:
            here.switch()

    def measure():
        began = time.perf_counter()
        for _ in range(times):
            there.switch()
        return (time.perf_counter() - began) / (2 * times)

    there = greenlet.greenlet(answer)
    there.switch()
    report("greenlet switch", statistics.median(measure() for _ in range(ROUNDS)) * 1e6, "µs")


def greenlets_alive(wanted=50_000):
    import greenlet

    here = greenlet.getcurrent()
    began, alive = time.perf_counter(), []
    try:
        for _ in range(wanted):
            there = greenlet.greenlet(here.switch)
            there.switch()
            alive.append(there)
    except (RuntimeError, MemoryError) as error:
        print(f"after {len(alive)} greenlets: {type(error).__name__}: {error}")
    elapsed = time.perf_counter() - began
    report(f"greenlets alive, of {wanted}", len(alive), "")
    report("  time to make and enter one", elapsed / len(alive) * 1e6, "µs")
    began = time.perf_counter()
    for there in alive:
        there.switch()
    assert all(there.dead for there in alive)
    report("  time to end one", (time.perf_counter() - began) / len(alive) * 1e6, "µs")


def trio_tasks(wanted=10_000):
    import trio

    async def main():
        gate, arrived = trio.Event(), []

        async def wait():
            arrived.append(None)
            if len(arrived) == wanted:
                gate.set()
            await gate.wait()

        began = time.perf_counter()
        async with trio.open_nursery() as nursery:
            for _ in range(wanted):
                nursery.start_soon(wait)
        assert len(arrived) == wanted
        return time.perf_counter() - began

    elapsed = trio.run(main)
    report(f"{wanted} trio tasks, all alive at once", elapsed, "s")


def asyncio_rates(times=20_000):
    import asyncio

    async def nothing():
        pass

    async def sleeps():
        began = time.perf_counter()
        for _ in range(times):
            await asyncio.sleep(0)
        return (time.perf_counter() - began) / times

    async def tasks():
        began = time.perf_counter()
        made = [asyncio.create_task(nothing()) for _ in range(times)]
        created = time.perf_counter() - began
        for task in made:
            await task
        return created / times, (time.perf_counter() - began) / times

    async def main():
        report(
            "asyncio.sleep(0)",
            statistics.median([await sleeps() for _ in range(ROUNDS)]) * 1e6,
            "µs",
        )
        rounds = [await tasks() for _ in range(ROUNDS)]
        report("asyncio.create_task", statistics.median(made for made, _ in rounds) * 1e6, "µs")
        report(
            "  created, run and awaited", statistics.median(all_ for _, all_ in rounds) * 1e6, "µs"
        )

    asyncio.run(main())


def first_import(name):
    began = time.perf_counter()
    __import__(name)
    report(f"first import of {name}", (time.perf_counter() - began) * 1e3, "ms")


def main(name):
    match name:
        case "greenlet-switch":
            greenlet_switch()
        case "greenlets-alive":
            greenlets_alive()
        case "trio-tasks":
            trio_tasks()
        case "asyncio-tasks":
            asyncio_rates()
        case "trio" | "gevent":
            first_import(name)
        case _:
            sys.exit(f"{name}: no such figure")


main(sys.argv[1])
