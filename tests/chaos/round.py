"""One round of chaos: some programs at once, and what must hold when they have ended.

Invariant: a round ends with each of its threads joined and its checks made, and the kernel then has
as many threads, fibers and descriptors as before; a round that does not end in time is told with
what every thread waits for.
"""

import gc
import random
import sys
import threading
import time
import traceback

import greenlet_programs
import network_programs
import task_programs
import thread_programs
from _os_kernel import machine
from _os_kernel.files import table
from _os_kernel.net import conditions
from _os_kernel.sched import fiber

PROGRAMS = (
    *thread_programs.PROGRAMS,
    *network_programs.PROGRAMS,
    *task_programs.PROGRAMS,
    *greenlet_programs.PROGRAMS,
)
#: Seconds for one round; it takes milliseconds unless a wake-up is lost.
DEADLINE = 30
INTERVALS = (0.0001, 0.0001, 0.0005, 0.001, 0.005)


class Round:
    """What a program gets: random numbers, threads, and a place for failures."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.failures = []
        self.threads = []

    def start(self, function, *args):
        def body():
            try:
                function(*args)
            except BaseException as error:
                self.failures.append("".join(traceback.format_exception(error)))

        thread = threading.Thread(target=body, name=function.__name__)
        self.threads.append(thread)
        thread.start()

    def expect(self, name, wanted, found):
        if wanted != found:
            self.failures.append(f"{name}: {wanted} expected, {found} found")

    def join(self):
        end = time.monotonic() + DEADLINE
        # A thread may start others while this one waits.
        for thread in self.threads:
            thread.join(max(0, end - time.monotonic()))
        hung = [thread for thread in self.threads if thread.is_alive()]
        if hung:
            frames = sys._current_frames()
            for thread in hung:
                stack = "".join(traceback.format_stack(frames[thread.ident]))
                self.failures.append(f"{thread.name} does not end:\n{stack}")


def _alive():
    """Threads, stacks that are suspended and do not lie in the pool, and descriptors."""
    table.settle()
    return {
        "threads": threading.active_count(),
        "fibers": machine.suspended() - len(fiber._pool),
        "descriptors": sorted(table._descriptors),
    }


def play_round(seed, virtual=False):
    """Plays the programs that the seed chooses.

    Where time is virtual the network may lose segments. A lost segment is sent again after a fifth
    of a second or more: only a virtual clock has the time for that.
    """
    before = _alive()
    play = Round(seed)
    chosen = [play.random.choice(PROGRAMS) for _ in range(play.random.randint(1, 4))]
    sys.setswitchinterval(play.random.choice(INTERVALS))
    if play.random.random() < 0.3:
        conditions.set(
            latency=play.random.uniform(0, 0.002),
            bandwidth=play.random.choice((0, 1_000_000)),
            loss=play.random.choice((0, 0.05)) if virtual else 0,
            seed=seed,
        )
    try:
        checks = [program(play) for program in chosen]
        play.join()
        if not play.failures:
            for check in checks:
                check()
    finally:
        conditions.set()
    if virtual:
        # What is still under way arrives; a segment can be lost eight times.
        time.sleep(120)
    if not play.failures:
        gc.collect()
        play.expect("left over", before, _alive())
    return play, [program.__name__ for program in chosen]
