"""Who goes on at each decision of a run.

Invariant: what a policy chooses depends on the run so far and on its own seed alone. Each answers
with one of `options`; `default` is what the plain run does.
"""

from random import Random

from .schedule import Place, Schedule


class Plan:
    """Follows a schedule; where it says nothing, as the plain run does."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        #: Places where the thread that shall go on cannot, or is not there.
        self.missed: list[Place] = []

    def choose(self, place, options, default, free):
        to = self._schedule.get(place)
        if to is None:
            return default
        for option in options:
            if option.number == to:
                return option
        self.missed.append(place)
        return default


class Chance:
    """At each place another thread goes on with one and the same probability."""

    def __init__(self, seed: int, chance: float | None = None) -> None:
        self._random = Random(seed)
        self._chance = chance or self._random.choice((0.5, 0.2, 0.08, 0.03))

    def choose(self, place, options, default, free):
        if free or self._random.random() < self._chance:
            return self._random.choice(options)
        return default


class Priorities:
    """PCT: the thread with the highest priority goes on; at `depth - 1` places it gets the lowest.

    Burckhardt, Kothari, Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic
    Guarantees of Finding Bugs (ASPLOS 2010).
    """

    def __init__(self, seed: int, depth: int, length: int) -> None:
        self._random = Random(seed)
        self._changes = {self._random.randrange(max(1, length)) for _ in range(depth - 1)}
        self._priorities: dict[int, float] = {}
        self._seen = 0
        self._lowest = 0

    def choose(self, place, options, default, free):
        priorities = self._priorities
        for option in options:
            if option.number not in priorities:
                priorities[option.number] = 1 + self._random.random()
        if self._seen in self._changes and place[0] in priorities:
            self._lowest -= 1
            priorities[place[0]] = self._lowest
        self._seen += 1
        return max(options, key=lambda option: priorities[option.number])
