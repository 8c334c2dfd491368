"""Who has the processor, and who gets it next, while a program runs under a policy.

Invariant: a thread loses the processor only here: at a point of its own code (`at_point`), or where
it has to wait, gives way or ends (`Turns.popleft`). What happens in a run follows from the policy's
choices alone.
"""

from collections import deque

from _os_kernel.sched import deadlock, fiber, timers
from _os_kernel.signals import delivery
from _os_kernel.threads import thread

from .schedule import BLOCK, POINT

#: Points after which a thread that never waits makes room for the others, as a time slice ends.
SLICE = 400
#: Points of a thread, while every other waits, after which time passes to the next deadline.
SPIN = 1_000


class Endless(BaseException):
    """Raised in the program when a run has had as many points as a run may have."""


class Lane:
    """A thread of the program, as a run counts it: the main thread is 0."""

    __slots__ = ("blocks", "called", "number", "points", "starter", "thread")

    def __init__(self, number, of, starter) -> None:
        self.number = number
        self.thread = of
        self.starter = starter
        self.points = 0
        self.blocks = 0
        #: Whether it has called something that is not the program's, and is not back yet.
        self.called = False


class Run:
    """One execution of the program. `tell` is called with what happens, if it is wanted."""

    def __init__(self, policy, limit, pass_time, tell=None) -> None:
        self.policy = policy
        self.limit = limit
        self.pass_time = pass_time
        self.tell = tell
        self.lanes: dict = {}
        #: Each decision: place, numbers of the options, chosen, default, whether it was free.
        self.log: list = []
        self.points = 0
        self.since_switch = 0
        #: Who got the processor last; when a thread has ended, nothing else tells whose it was.
        self.running = self.lane_of(thread.main)

    def lane_of(self, of):
        lane = self.lanes.get(of)
        if lane is None:
            starter = self.lanes.get(thread.current()) if self.lanes else None
            lane = self.lanes[of] = Lane(len(self.lanes), of, starter)
        return lane

    def decide(self, lane, kind, options, default, free):
        number = lane.points if kind is POINT else lane.blocks
        place = (lane.number, kind, number)
        chosen = self.policy.choose(place, options, default, free)
        numbers = tuple([option.number for option in options])
        self.log.append((place, numbers, chosen.number, default.number, free))
        return chosen

    def begin(self, module, result) -> None:
        """The program is about to begin in `module`; what comes of it will be in `result`."""

    def over(self) -> None:
        """The program has ended, and what it has left is still there."""

    def next_of(self, lane, options):
        """`lane` waits, gives way or has ended: who of `options` goes on."""
        if len(options) == 1:
            return options[0]
        return self.decide(lane, BLOCK, options, options[0], True)

    def at_point(self, where, decides=True) -> None:
        """The running thread is at a point of its own code; `where` tells it in a trace."""
        current = fiber.cpu.current
        lane = self.lanes.get(current.thread)
        if lane is None:
            return
        lane.points += 1
        self.points += 1
        self.since_switch += 1
        if self.points > self.limit:
            raise Endless
        ready = fiber.ready
        if not ready:
            if self.since_switch > SPIN and timers.entries:
                self.since_switch = 0
                self.pass_time(timers.delay())
                timers.fire()
            return
        first = lane.points == 1 and lane.starter is not None
        if not (decides or first or self.since_switch > SLICE):
            return
        others = [self.lanes[each.thread] for each in ready]
        if self.since_switch > SLICE:
            chosen = others[0]
        elif first:
            # A thread that was started waits for its turn, and the one that started it goes on.
            default = lane.starter if lane.starter in others else lane
            chosen = self.decide(lane, POINT, [lane, *others], default, True)
        else:
            chosen = self.decide(lane, POINT, [lane, *others], lane, False)
        if chosen is lane:
            return
        if self.tell is not None:
            self.tell(("begins" if first else "preempted", lane, chosen, where))
        ready.append(current)
        ready.next = chosen.thread.fiber
        fiber.block()


class Unwinding:
    """In the place of a run that is over: ends the threads that it has left, one after the other.

    What such a thread does next raises SystemExit in it. One that catches that again and again
    is left standing where it is.
    """

    #: How often a thread may go on all the same.
    PATIENCE = 10

    def __init__(self) -> None:
        #: As of a run: nobody has a lane any more.
        self.lanes: dict = {}
        self._main = fiber.cpu.current
        self._raised: dict = {}

    def lane_of(self, of) -> None:
        return None

    def at_point(self, where, decides=True) -> None:
        self.check()

    def check(self) -> None:
        """The running thread is at a point, or before or after a wait."""
        current = fiber.cpu.current
        # A fiber whose thread has ended waits for the next thread.
        if current is self._main or current.thread is None:
            return
        raised = self._raised[current] = self._raised.get(current, 0) + 1
        # As `fiber.block` promises where it raises: one that gives way stands there already.
        if current in fiber.ready:
            fiber.ready.remove(current)
        if raised <= self.PATIENCE:
            raise SystemExit
        while True:
            _wait()

    def end(self, stack) -> None:
        """The main thread lets `stack` run until it has ended or stands still."""
        fiber.ready.append(stack)
        fiber.ready.append(self._main)
        _wait()


#: The kernel's own.
_wait = fiber.block


class Turns(deque):
    """The queue of ready fibers, while a run is under way."""

    def __init__(self) -> None:
        deque.__init__(self)
        self.run = None
        #: The fiber that goes on next, chosen already.
        self.next = None
        fiber.block = self._block

    def _block(self) -> None:
        """In the place of `fiber.block`."""
        if type(self.run) is Unwinding:
            self.run.check()
        _wait()
        if type(self.run) is Unwinding:
            self.run.check()

    def append(self, each) -> None:
        if each.thread is None:
            # Something of an earlier run, freed only now, has woken a thread that was given up.
            return
        if self.run is not None:
            self.run.lane_of(each.thread)
        deque.append(self, each)

    def appendleft(self, each) -> None:
        # It is put there because it goes on next: its turn has failed, or a greenlet has ended.
        self.next = each
        deque.appendleft(self, each)

    def popleft(self):
        run = self.run
        if self.next is not None:
            chosen, self.next = self.next, None
            self.remove(chosen)
            if run is not None and chosen.thread in run.lanes:
                run.running = run.lanes[chosen.thread]
            return chosen
        if run is None or not self or type(run) is Unwinding:
            return deque.popleft(self)
        run.since_switch = 0
        current = fiber.cpu.current
        lane = run.lanes.get(current.thread, run.running)
        lane.blocks += 1
        chosen = run.next_of(lane, [run.lanes[each.thread] for each in self])
        if run.tell is not None:
            what = "ends" if current.thread is None else "waits"
            # Nobody could go on: the report of the deadlock has woken the main thread to raise it.
            stuck = deadlock.NUMBER in delivery.pending
            run.tell((what, lane, lane if stuck else chosen, current.wait))
        run.running = chosen
        if self[0].thread is chosen.thread:
            return deque.popleft(self)
        self.remove(chosen.thread.fiber)
        return chosen.thread.fiber
