"""Random programs in the readers' kernel: threads, sockets, tasks of asyncio and greenlets.

Usage: chaos.py --seed S --rounds N [--seconds T]. The same seed makes the same programs; which
thread runs when is the kernel's affair (seeded.ts has rounds that fix that, too).

Invariant: the first round that fails is told with its seed, and ends the run.
"""

import argparse
import json
import sys
import time

from round import play_round


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
    try:
        while rounds < options.rounds and time.monotonic() - began < options.seconds:
            seed = options.seed + rounds
            play, chosen = play_round(seed)
            rounds += 1
            threads += len(play.threads)
            if play.failures:
                report(seed=seed, failed=True)
                print(f"seed {seed}: {', '.join(chosen)}")
                print("\n".join(play.failures[:5]))
                raise SystemExit(1)
            if rounds % 25 == 0:
                report(seed=seed, rounds=rounds)
    finally:
        sys.setswitchinterval(before)
    report(finished=rounds, threads=threads)


if __name__ == "__main__":
    main()
