"""`processes.py NAME`: what processes cost that talk, share a lock, divide work or are ended.

Runs in the readers' kernel and in native CPython alike, in spawn mode. Prints a line of JSON for
each figure.

Invariant: what takes microseconds is the median of several rounds; ratios compare times of one run.
"""

import json
import multiprocessing
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

ROUNDS = 5
SIZES = (16, 1024, 64 * 1024, 1024 * 1024)
context = multiprocessing.get_context("spawn")


def report(name, value, unit):
    print("@@" + json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


def median_of(measure):
    return statistics.median(measure() for _ in range(ROUNDS))


def words(size):
    return f"{size >> 20} MB" if size >> 20 else f"{size >> 10} kB" if size >> 10 else f"{size} B"


def echo(connection):
    while message := connection.recv_bytes():
        connection.send_bytes(message)


def swallow(connection):
    """Takes messages until an empty one, which it answers."""
    while True:
        while connection.recv_bytes():
            pass
        connection.send_bytes(b"done")


class Child:
    """A process that runs a function until the block is left."""

    def __init__(self, function, *args):
        self.process = context.Process(target=function, args=args, daemon=True)

    def __enter__(self):
        self.process.start()

    def __exit__(self, *exception):
        self.process.kill()
        self.process.join()


def connection():
    here, there = context.Pipe()
    with Child(echo, there):
        for size in SIZES:
            message = bytes(size)
            times = 200 if size < 100_000 else 20

            def round_trip(message=message, times=times):
                began = time.perf_counter()
                for _ in range(times):
                    here.send_bytes(message)
                    here.recv_bytes()
                return (time.perf_counter() - began) / times * 1e6

            round_trip()
            report(f"round trip of {words(size)}", median_of(round_trip), "µs")
    here, there = context.Pipe()
    with Child(swallow, there):
        for size in SIZES:
            message = bytes(size)
            times = max(10, min(1000, (4 << 20) // size))

            def throughput(message=message, times=times):
                began = time.perf_counter()
                for _ in range(times):
                    here.send_bytes(message)
                here.send_bytes(b"")
                here.recv_bytes()
                return len(message) * times / (time.perf_counter() - began) / 1e6

            throughput()
            report(f"throughput by {words(size)}", median_of(throughput), "MB/s")


def hold(lock, ready, times):
    ready.send_bytes(b"ready")
    for _ in range(times):
        with lock:
            pass


def lock():
    times = 500
    lock = context.Lock()

    def alone():
        began = time.perf_counter()
        for _ in range(times):
            with lock:
                pass
        return (time.perf_counter() - began) / times * 1e6

    report("Lock of one process", median_of(alone), "µs")
    here, there = context.Pipe(duplex=False)
    with Child(hold, lock, there, 0):
        here.recv_bytes()
        report("Lock that two processes know", median_of(alone), "µs")
    here, there = context.Pipe(duplex=False)
    with Child(hold, lock, there, 1_000_000):
        here.recv_bytes()
        report("Lock that another takes all the time", median_of(alone), "µs")


def pass_on(wanted, given):
    while (item := wanted.get()) is not None:
        given.put(item)


def queue():
    times = 200
    for kind in ("SimpleQueue", "Queue"):
        wanted, given = getattr(context, kind)(), getattr(context, kind)()
        with Child(pass_on, wanted, given):

            def round_trip(wanted=wanted, given=given):
                began = time.perf_counter()
                for number in range(times):
                    wanted.put(number)
                    given.get()
                return (time.perf_counter() - began) / times * 1e6

            def stream(wanted=wanted, given=given):
                began = time.perf_counter()
                for number in range(times):
                    wanted.put(number)
                for _ in range(times):
                    given.get()
                return times / (time.perf_counter() - began)

            round_trip()
            report(f"{kind}, there and back", median_of(round_trip), "µs")
            report(f"{kind}, items through two", median_of(stream), "/s")
            wanted.put(None)


def manager():
    times = 200
    began = time.perf_counter()
    with context.Manager() as manager:
        report("Manager, from start to ready", (time.perf_counter() - began) * 1e3, "ms")
        shared = manager.dict(key=1)

        def calls():
            began = time.perf_counter()
            for _ in range(times):
                shared["key"]
            return (time.perf_counter() - began) / times * 1e6

        calls()
        report("Manager, one call", median_of(calls), "µs")


def work(limit):
    """Primes below `limit`, so that it computes and allocates nothing."""
    found = 0
    for number in range(2, limit):
        divisor = 2
        while divisor * divisor <= number and number % divisor:
            divisor += 1
        found += divisor * divisor > number
    return found


def parallel_map(tasks=16, limit=12_000):
    """The same work alone, on threads, and on processes that have started before."""
    limits = [limit] * tasks

    def timed(run):
        began = time.perf_counter()
        assert sum(run(work, limits)) == tasks * work_of_one
        return time.perf_counter() - began

    work_of_one = work(limit)
    took = {"serial": lambda: timed(map)}
    with (
        ThreadPoolExecutor(4) as threads,
        ProcessPoolExecutor(1, context) as one,
        ProcessPoolExecutor(2, context) as two,
        ProcessPoolExecutor(4, context) as four,
    ):
        took["4 threads"] = lambda: timed(threads.map)
        for name, pool in (("1 process", one), ("2 processes", two), ("4 processes", four)):
            # Each worker has a turn before anything is timed.
            for count in range(8):
                pool.submit(work, 4000 + count)
            timed(pool.map)
            took[name] = lambda pool=pool: timed(pool.map)
        # Interleaved, so that what else the machine does meets all of them.
        rounds = [{name: measure() for name, measure in took.items()} for _ in range(ROUNDS)]
    typical = {name: statistics.median(each[name] for each in rounds) for name in took}
    for name, seconds in typical.items():
        report(f"map, {name}", seconds * 1e3, "ms")
    for name in ("4 threads", "2 processes", "4 processes"):
        gains = [each["1 process"] / each[name] for each in rounds]
        report(f"  {name}, times as fast as 1 process", statistics.median(gains), "")


def spin(connection):
    connection.send_bytes(b"spinning")
    while True:
        pass


def terminate(tries=10):
    for name in ("terminate", "kill"):
        times = []
        for _ in range(tries):
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=spin, args=(there,))
            process.start()
            here.recv_bytes()
            began = time.perf_counter()
            getattr(process, name)()
            process.join()
            times.append((time.perf_counter() - began) * 1e3)
        report(f"{name} and join, on a spinning child", statistics.median(times), "ms")
        report("  the slowest", max(times), "ms")


def started(before, connection):
    connection.send((time.monotonic() - before) * 1e3)


def start(tries=5):
    """From `Process.start()` to the first line of its function."""
    times = []
    for _ in range(tries):
        # So that an interpreter waits again, where there is such a thing.
        time.sleep(3)
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=started, args=(time.monotonic(), there))
        process.start()
        times.append(here.recv())
        process.join()
    report("Process.start(), to its function", statistics.median(times), "ms")


NAMES = {
    "connection": connection,
    "lock": lock,
    "manager": manager,
    "map": parallel_map,
    "queue": queue,
    "start": start,
    "terminate": terminate,
}

if __name__ == "__main__":
    NAMES[sys.argv[1]]()
