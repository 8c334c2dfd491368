"""The search: the plain run, random ones, all with few preemptions, then PCT; and the shortening.

Invariant: what it says it covered, it ran. A schedule that it reports has failed twice in this
interpreter, in the same way.
"""

import json

from . import schedule
from .policies import Chance, Plan, Priorities
from .program import Refused, outcome

#: Runs at random, before the systematic ones and in each round of PCT.
RANDOM = 60
#: The largest number of preemptions that is tried in every combination.
BOUND = 2
#: Runs that look for a schedule with fewer preemptions than one that has failed: at random, and all
#: in turn.
LUCKY = 400
FEWEST = 1_000
#: Real seconds between two words about how far it is.
_PROGRESS = 0.2
#: Runs in which every point is a decision, until it is known what threads share.
LEARNING = 6
#: Threads that may have been left standing when a search begins no further run: Chromium has room
#: for some 20,000 stacks in a page, and ends the page when it has none.
STANDING = 2_000


class Budget:
    """How long a search may take: real seconds, runs, and threads that do not end."""

    def __init__(self, seconds, runs, now, program) -> None:
        self._now = now
        self._program = program
        self._end = now() + seconds
        self._runs = runs
        self.used = 0

    def left(self) -> bool:
        if self._program.given_up > STANDING:
            return False
        return self.used < self._runs and self._now() < self._end


class Found(Exception):
    """A run has failed."""

    def __init__(self, result, failure) -> None:
        Exception.__init__(self)
        self.result = result
        self.failure = failure


def taken(run) -> schedule.Schedule:
    """Where a run went another way than the plain one would have."""
    return {place: chosen for place, _, chosen, default, _ in run.log if chosen != default}


def preemptions(run) -> int:
    """How often a run took the processor from a thread that could have gone on."""
    return sum(chosen != default and not free for _, _, chosen, default, free in run.log)


class Tree:
    """Every schedule, by the number of preemptions. Each differs in one decision from one before.

    What is kept of a run are tuples of numbers, which the garbage collector need not visit.
    """

    def __init__(self) -> None:
        self._parents: list[tuple] | None = None

    def level(self, last: bool):
        """Yields each schedule with one more preemption than those of the level before.

        It is sent the log of the run in return. After the `last` level there is none.
        """
        roots = [((), 0)] if self._parents is None else self._roots()
        done: list[tuple] = []
        branches = [iter(roots)]
        while branches:
            following = next(branches[-1], None)
            if following is None:
                branches.pop()
                continue
            plan, begin = following
            log = yield dict(plan)
            ways = tuple((place, options, chosen, free) for place, options, chosen, _, free in log)
            if not last:
                done.append((plan, begin, ways))
            branches.append(_children(plan, begin, ways, True))
        self._parents = done

    def _roots(self):
        for plan, begin, ways in self._parents:
            yield from _children(plan, begin, ways, False)


def _children(plan, begin, ways, wanted):
    """The schedules that go another way at one more decision, after the last of `plan`."""
    for index in range(begin, len(ways)):
        place, options, chosen, free = ways[index]
        if free is wanted:
            for option in options:
                if option != chosen:
                    yield (*plan, (place, option)), index + 1


class Search:
    def __init__(self, program, points, order, outside) -> None:
        self._program = program
        self._points = points
        self._order = order
        self._outside = outside
        self._budget = Budget(
            order["seconds"], order["runs"], outside.real_seconds, program
        )
        self._usual: str | None = None
        self._length = 1
        self._tree = Tree()
        #: What was covered, for the verdict.
        self.covered = {"random": 0, "bounds": [], "tried": [], "pct": 0}
        #: How many threads a run had at most.
        self.threads = 1
        self._phase = "plain"
        self._told = outside.real_seconds()

    def find(self):
        """The failure and its shortest schedule, or None; what it covered is in `covered`."""
        try:
            self._plain()
            if self.threads == 1:
                # Nothing can go another way.
                self.covered["bounds"].append(1)
                return None
            self._at_random()
            for bound in range(BOUND + 1):
                if not self._all_within(bound):
                    break
                if self.covered["bounds"][-1] == 0:
                    # Each schedule with more preemptions would begin as one of these.
                    return None
            self._by_priorities()
        except Found as found:
            self._begin("shortening")
            return self._shorten(found)
        return None

    @property
    def runs(self) -> int:
        return self._budget.used

    def _run(self, policy):
        """Raises Found if the run fails."""
        result = self._program.execute(policy)
        self._budget.used += 1
        if self._budget.used == LEARNING:
            self._points.learning = False
        self._length = max(self._length, len(result.run.log))
        self.threads = max(self.threads, len(result.run.lanes))
        if failure := outcome(result, self._usual):
            raise Found(result, failure)
        return result

    def _begin(self, phase: str) -> None:
        self._phase = phase
        self._tell()

    def _tell(self) -> None:
        """Says how far it is: what it names as covered has held."""
        self._told = self._outside.real_seconds()
        told = {"phase": self._phase, "runs": self._budget.used, "covered": self.covered}
        self._outside.progress(json.dumps(told))

    def _held(self) -> None:
        """A run that counts has not failed."""
        if self._outside.real_seconds() - self._told > _PROGRESS:
            self._tell()

    def _plain(self) -> None:
        try:
            result = self._run(Plan({}))
        except Found as found:
            if found.failure[0] == "livelock":
                raise Refused(
                    f"Its plain run does not end within {self._order['limit']:,} points at which "
                    "threads may change places: it computes for too long, or never ends."
                ) from None
            raise
        if self._order["compare"]:
            self._usual = result.stdout

    def _at_random(self) -> None:
        self._begin("random")
        for seed in range(RANDOM):
            if not self._budget.left():
                return
            self._run(Chance(seed))
            self.covered["random"] += 1
            self._held()

    def _all_within(self, bound: int) -> bool:
        """Every schedule with exactly `bound` preemptions; False if the budget ended before."""
        self._begin("bounded")
        level = self._tree.level(bound == BOUND)
        tried = 0
        plan = next(level, None)
        while plan is not None:
            # The last bound takes two thirds of the runs at most: PCT looks deeper.
            if not self._budget.left() or (
                bound == BOUND and tried > self._order["runs"] * 2 / 3
            ):
                return False
            log = self._run(Plan(plan)).run.log
            tried += 1
            self.covered["tried"] = [tried]
            self._held()
            plan = _send(level, log)
        self.covered["tried"] = []
        self.covered["bounds"].append(tried)
        return True

    def _by_priorities(self) -> None:
        self._begin("priorities")
        seed = 0
        while self._budget.left():
            self._run(Priorities(seed, 2 + seed % 2, self._length))
            self.covered["pct"] += 1
            self._held()
            seed += 1

    def _fails_alike(self, plan, failure):
        """The result of running `plan` if it fails in the same way, else None."""
        result = self._program.execute(Plan(plan))
        found = outcome(result, self._usual)
        return result if found is not None and found[0] == failure[0] else None

    def _shorten(self, found: Found):
        """A run that fails alike with as few preemptions as can be found, and whether it did."""
        kind = found.failure
        best = self._fails_alike(taken(found.result.run), kind)
        if best is None:
            return found.result, kind, False
        best = self._without_the_needless(best, kind)
        best = self._by_luck(best, kind)
        best = self._fewest(best, kind)
        return best, outcome(best, self._usual), True

    def _without_the_needless(self, best, kind):
        """Leaves out what the failure does not need: halves first, then one by one."""
        size = max(1, len(taken(best.run)) // 2)
        while size >= 1:
            places = list(taken(best.run).items())
            shorter = None
            for start in range(0, len(places), size):
                plan = dict(places[:start] + places[start + size :])
                shorter = self._fails_alike(plan, kind)
                if shorter is not None and self._is_less(shorter.run, best.run):
                    best = shorter
                    break
                shorter = None
            if shorter is None:
                size //= 2
        return best

    def _by_luck(self, best, kind):
        """Runs with few preemptions, at random: one may fail alike for less."""
        for seed in range(LUCKY):
            if preemptions(best.run) < 2:
                break
            result = self._program.execute(Chance(seed, 0.04))
            failure = outcome(result, self._usual)
            if failure is None or failure[0] != kind[0] or not self._is_less(result.run, best.run):
                continue
            again = self._fails_alike(taken(result.run), kind)
            if again is not None:
                best = self._without_the_needless(again, kind)
        return best

    def _is_less(self, run, than) -> bool:
        def weight(of):
            return preemptions(of), len(taken(of))

        return weight(run) < weight(than)

    def _fewest(self, best, kind):
        """Tries all with fewer preemptions, if that takes no more than FEWEST runs."""
        left = FEWEST
        tree = Tree()
        for _ in range(preemptions(best.run)):
            level = tree.level(last=False)
            plan = next(level, None)
            while plan is not None:
                left -= 1
                if left < 0:
                    return best
                result = self._program.execute(Plan(plan))
                failure = outcome(result, self._usual)
                if failure is not None and failure[0] == kind[0]:
                    return result
                plan = _send(level, result.run.log)
        return best


def _send(level, log):
    try:
        return level.send(log)
    except StopIteration:
        return None
