"""Random programs of threads, locks, queues, timers, generators, exceptions and GC pressure.

Usage: chaos.py --seed S --rounds N [--seconds T]. The same seed makes the same programs; which
thread runs when is the kernel's affair.

Invariant: every round ends with each of its threads joined, each token counted, and no lock held; a
round that does not within its deadline is told with what every thread waits for, and ends the run.
"""

import argparse
import json
import random
import sys
import threading
import time
import traceback

from programs import PROGRAMS

#: Seconds for one round; it takes milliseconds unless a wake-up is lost.
DEADLINE = 30
INTERVALS = (0.0001, 0.0001, 0.0005, 0.001, 0.005)


class Round:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.counts = {}
        self.failures = []
        self.threads = []
        self.guard = threading.Lock()
        self.dead = []

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
        for thread in self.threads:
            thread.join(max(0, end - time.monotonic()))
        hung = [thread for thread in self.threads if thread.is_alive()]
        if hung:
            frames = sys._current_frames()
            for thread in hung:
                stack = "".join(traceback.format_stack(frames[thread.ident]))
                self.failures.append(f"{thread.name} does not end:\n{stack}")


def play_round(seed):
    play = Round(seed)
    chosen = [play.random.choice(PROGRAMS) for _ in range(play.random.randint(1, 4))]
    sys.setswitchinterval(play.random.choice(INTERVALS))
    checks = [program(play) for program in chosen]
    play.join()
    if not play.failures:
        for check in checks:
            check()
    return play, [program.__name__ for program in chosen]


def strays():
    """Stacks that are suspended and do not lie in the pool."""
    from _os_kernel import machine
    from _os_kernel.sched import fiber

    return machine.suspended() - len(fiber._pool)


def report(**fields):
    print("@@" + json.dumps(fields), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args()
    began, before = time.monotonic(), sys.getswitchinterval()
    threads = rounds = 0
    alive, stray = threading.active_count(), strays()
    try:
        while rounds < options.rounds and time.monotonic() - began < options.seconds:
            seed = options.seed + rounds
            play, chosen = play_round(seed)
            rounds += 1
            threads += len(play.threads)
            if play.failures:
                print(f"seed {seed}: {', '.join(chosen)}")
                print("\n".join(play.failures[:5]))
                raise SystemExit(1)
            if rounds % 25 == 0:
                report(seed=seed, rounds=rounds)
    finally:
        sys.setswitchinterval(before)
    leaked = threading.active_count() - alive, strays() - stray
    if any(leaked):
        print(f"leaked: {leaked[0]} threads, {leaked[1]} fibers")
        raise SystemExit(1)
    report(finished=rounds, threads=threads)


if __name__ == "__main__":
    main()
