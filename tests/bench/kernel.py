"""What the kernel's threads cost; prints a line of JSON for each figure.

Invariant: what is compared is measured in the same run of the same interpreter; times are the
median of several rounds, or the best.
"""

import json
import queue
import statistics
import threading
import time

ROUNDS = 3


def report(name, value, unit, **more):
    print("@@" + json.dumps({"name": name, "value": value, "unit": unit, **more}), flush=True)


def median(measure):
    return statistics.median(measure() for _ in range(ROUNDS))


def switches(times=5000):
    """Seconds for one switch of two fibers that give way to each other."""
    from _os_kernel.sched import fiber

    def give():
        for _ in range(times):
            fiber.yield_now()

    other = threading.Thread(target=give)
    began = time.perf_counter()
    other.start()
    give()
    elapsed = time.perf_counter() - began
    other.join()
    return elapsed / (2 * times)


def handovers(times=5000):
    """Seconds for one hand-over of a lock between two threads."""
    here, there = threading.Lock(), threading.Lock()
    here.acquire()
    there.acquire()

    def answer():
        for _ in range(times):
            there.acquire()
            here.release()

    other = threading.Thread(target=answer)
    other.start()
    began = time.perf_counter()
    for _ in range(times):
        there.release()
        here.acquire()
    elapsed = time.perf_counter() - began
    other.join()
    return elapsed / (2 * times)


def pingpong(times=3000):
    """Seconds for one way of a ping-pong through two queues."""
    here, there = queue.SimpleQueue(), queue.SimpleQueue()

    def answer():
        for _ in range(times):
            here.put(there.get())

    other = threading.Thread(target=answer)
    other.start()
    began = time.perf_counter()
    for _ in range(times):
        there.put(None)
        here.get()
    elapsed = time.perf_counter() - began
    other.join()
    return elapsed / (2 * times)


def waits(times=1000):
    """Seconds for `run_sync` on a promise of JavaScript that is settled already."""
    from js import Promise
    from pyodide.ffi import run_sync

    began = time.perf_counter()
    for _ in range(times):
        run_sync(Promise.resolve())
    return (time.perf_counter() - began) / times


def starts(times=1000):
    """Threads started and joined in a second, one after the other."""
    began = time.perf_counter()
    for _ in range(times):
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
    return times / (time.perf_counter() - began)


def memory():
    """Bytes of the interpreter's whole memory; it only grows."""
    import pyodide_js

    return pyodide_js._module.HEAPU8.length


def crowd(wanted):
    """Starts `wanted` threads that all wait.

    How many lived at once, bytes of memory for each, seconds, and how many ran.
    """
    gate = threading.Event()
    arrived = []

    def wait():
        arrived.append(None)
        gate.wait()

    before, began, threads = memory(), time.perf_counter(), []
    try:
        for _ in range(wanted):
            thread = threading.Thread(target=wait)
            thread.start()
            threads.append(thread)
    except (RuntimeError, MemoryError) as error:
        print(f"after {len(threads)} threads: {error}")
    elapsed = time.perf_counter() - began
    each = (memory() - before) / max(1, len(threads))
    alive = threading.active_count()
    gate.set()
    for thread in threads:
        thread.join()
    return alive, each, elapsed, len(arrived)


def work(times=300_000):
    total = 0
    for number in range(times):
        total += number & 7


def preemption():
    """How many times as long a loop takes: (with time slices, with two that take turns)

    Against the same loop while CPython asks nobody whether a slice is over; the best of several
    rounds of each, which other programs on the machine disturbed least.
    """
    import pyodide_js

    slow, free, shared = [], [], []

    def together(count):
        threads = [threading.Thread(target=work) for _ in range(count)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began

    for _ in range(7 * ROUNDS):
        slow.append(together(1))
        shared.append(together(2))
        pyodide_js.setInterruptBuffer(False)
        free.append(together(1))
        pyodide_js.setInterruptBuffer(True)
    return min(slow) / min(free), min(shared) / (2 * min(free))


def main():
    switch = median(switches)
    report("fiber switch", switch * 1e6, "µs")
    handover, way, wait = median(handovers), median(pingpong), median(waits)
    report("lock hand-over", handover * 1e6, "µs")
    report("queue ping-pong, one way", way * 1e6, "µs")
    report("run_sync on a settled promise", wait * 1e6, "µs")
    report("  by a fiber switch", wait / switch, "times as long")
    report("  by a lock hand-over", wait / handover, "times as long")
    report("  by a queue's way", wait / way, "times as long")
    report("threads started and joined", median(starts), "/s")
    alive, each, elapsed, arrived = crowd(10_000)
    report("threads alive at once", alive, f"in {elapsed:.1f} s, {arrived} of them ran")
    report("memory for each", each / 1024, "KiB of the interpreter's")
    alone, shared = preemption()
    report("a loop with time slices", alone, "times as long as without")
    report("two loops in two threads", shared, "times as long as one after the other without")


main()
