"""Fibers: stacks that take turns.

A green thread runs on a fiber. When it has to wait, its fiber calls `block`, which suspends the
stack (JSPI) and resumes that of the next fiber in `ready`. When `ready` is empty, the fiber that
called `block` sleeps on behalf of all, until the next deadline or arrival.

Invariant: exactly one fiber runs, and `block` is the only function that gives the processor away.
A fiber is resumed for one of two reasons: it was popped from `ready`, or it had gone to sleep on
behalf of all.
"""

from collections import deque
from itertools import count
from time import monotonic

from .. import machine
from ..seam.declare import bridge
from . import timers

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..threads.thread import Thread
    from .wait import Wait


class Fiber:
    """A stack. Several fibers of one thread are greenlets; one of them is its current one."""

    __slots__ = ("__weakref__", "id", "job", "thread", "wait")

    def __init__(self, thread: Thread) -> None:
        self.id = next(_ids)
        #: None while it has no job.
        self.thread: Thread | None = thread
        #: What it waits for, while it does (`wait.Wait`).
        self.wait: Wait | None = None
        #: What it runs, and with which arguments.
        self.job: tuple[Callable[..., object], tuple[object, ...]] | None = None


class Processor:
    """The state of the one processor that all fibers share."""

    __slots__ = (
        "current",
        "external",
        "favoured",
        "left",
        "on_arrival",
        "on_stall",
        "since",
        "stacks",
        "waited",
    )

    def __init__(self) -> None:
        #: The fiber that runs; None until the first fiber does.
        self.current: Fiber | None = None
        #: The fiber that has handed over last.
        self.left: Fiber | None = None
        #: Until this time of the monotonic clock the main thread goes first (`inbox`).
        self.favoured = 0.0
        #: Seconds in which every fiber was suspended, on the cell's clock.
        self.waited = 0.0
        #: When `current` got the processor: `monotonic()` less `waited`, in seconds.
        self.since = 0.0
        #: How many answers from outside may still come (a line of input, a promise). While there
        #: are any, it is no deadlock that every fiber waits.
        self.external = 0
        #: How many fibers have a stack, or will have one.
        self.stacks = 0
        #: Called to take what has arrived.
        self.on_arrival: Callable[[], None] | None = None
        #: Called when nothing can wake any fiber; answers whether it has made one ready.
        self.on_stall: Callable[[], bool] | None = None


cpu = Processor()
_ids = count(1)
ready: deque[Fiber] = deque()

#: Fibers whose job is done and whose stacks wait for another.
_pool: list[Fiber] = []
#: Fibers made but not yet started, by id.
unborn: dict[int, Fiber] = {}
POOL_SIZE = 256
#: How many stacks may exist at once. A process on Linux may have 65,530 memory mappings. Chromium
#: takes three for each stack, and when it cannot get one, the page dies. A page may have two
#: interpreters with threads: the cells' and a program's.
STACKS = 10_240

_CANNOT_BLOCK = "cannot block: Python was called synchronously from JavaScript"


def room() -> bool:
    """Whether there is a stack for one more fiber."""
    return bool(_pool) or cpu.stacks < STACKS


def spawn(thread: Thread, job: Callable[..., object], *args: object) -> Fiber:
    """A fiber that will run `job(*args)` when its turn comes."""
    fiber = branch(thread, job, *args)
    ready.append(fiber)
    return fiber


def branch(thread: Thread, job: Callable[..., object], *args: object) -> Fiber:
    """A further fiber of `thread`, which will run `job(*args)`.

    It has no turn of its own: it begins when the thread's current fiber hands over to it.
    """
    if _pool:
        fiber = _pool.pop()
        fiber.thread = thread
    else:
        fiber = Fiber(thread)
        unborn[fiber.id] = fiber
        cpu.stacks += 1
    fiber.job = (job, args)
    return fiber


def discard(fiber: Fiber) -> None:
    """Takes back a fiber that `branch` has made and that has not begun."""
    fiber.job = fiber.thread = None
    if unborn.pop(fiber.id, None) is None:
        _pool.append(fiber)
    else:
        cpu.stacks -= 1


def hand_over(to: Fiber) -> None:
    """Goes on at once in `to`, which becomes the current fiber of this thread.

    `to` is a fiber of the same thread that has not begun or has itself handed over. The calling
    one stands still until it is handed over to. Raises, and changes nothing, where this stack
    cannot be suspended: RuntimeError, or what `block` raises.

    While it stands still, its frames in the kernel refer to nothing: a greenlet may stand still
    for good (`abandon`).
    """
    me = cpu.current
    if not machine.prepare_hand_over(me.id, to.id):
        raise RuntimeError(_CANNOT_BLOCK)
    me.thread.fiber = cpu.current = to
    cpu.left = me
    number = me.id
    del me, to
    try:
        machine.run_sync(machine.suspension)
    except BaseException:
        # Otherwise it is current already, because another fiber has handed over to it.
        if cpu.current.id != number:
            cpu.current = cpu.left
            cpu.current.thread.fiber = cpu.current
        raise
    finally:
        machine.resumed(number)


def continue_in(to: Fiber) -> None:
    """Says, as the last act of a fiber's job, in which fiber of its thread to go on."""
    me = cpu.current
    machine.bequeath(me.id, to.id)
    me.thread.fiber = to
    ready.appendleft(to)


def abandon(fiber: Fiber) -> None:
    """Gives up the stack of a fiber that stands still and will never be handed over to."""
    machine.abandon(fiber.id)
    fiber.thread = None
    cpu.stacks -= 1


def block() -> None:
    """Runs others until somebody puts this fiber into `ready`.

    Raises where this stack cannot be suspended, also RecursionError and MemoryError where it has
    no room for it. Then the fiber goes on, and `ready` is as if it had not been called.
    """
    me: Fiber = cpu.current  # pyright: ignore[reportAssignmentType]: a fiber calls this
    try:
        while True:
            if timers.entries and timers.entries[-1][0] >= -monotonic():
                timers.fire()
            if ready:
                successor = ready.popleft()
                if successor is not me:
                    _switch(me, successor)
                return
            _idle(me)
    except BaseException:
        if me in ready:
            ready.remove(me)
        raise


def yield_now() -> None:
    """Lets every other ready fiber run first."""
    ready.append(cpu.current)  # pyright: ignore[reportArgumentType]: a fiber calls this
    block()


def turn() -> None:
    """Lets the worker receive messages; no other fiber runs meanwhile."""
    if machine.prepare_turn(cpu.current.id):
        _suspend(cpu.current)  # pyright: ignore[reportArgumentType]: a fiber calls this


def _switch(me: Fiber, successor: Fiber) -> None:
    left = False
    try:
        if successor.id in unborn:
            prepared = machine.prepare_start(me.id, successor.id)
        else:
            prepared = machine.prepare_switch(me.id, successor.id)
        if not prepared:
            raise RuntimeError(_CANNOT_BLOCK)
        _account(me)
        left = True
        cpu.current = successor
        _suspend(me)
    except BaseException:
        # Before the switch, the turn of `successor` is still to come. After it, `me` is current
        # again, because another fiber has switched to it.
        if not left or cpu.current is not me:
            cpu.current = me
            ready.appendleft(successor)
        raise


def _account(me: Fiber) -> None:
    """The turn of `me` is over: adds the time since it began to what its thread has computed."""
    now = monotonic() - cpu.waited
    if me.thread is not None:
        me.thread.ran += now - cpu.since
    cpu.since = now


def _idle(me: Fiber) -> None:
    delay = timers.delay()
    if delay is None and not cpu.external and cpu.on_stall is not None and cpu.on_stall():
        return
    if not machine.prepare_idle(me.id, delay):
        raise RuntimeError(_CANNOT_BLOCK)
    since = monotonic()
    try:
        _suspend(me)
    finally:
        cpu.waited += monotonic() - since
    cpu.on_arrival()


def _suspend(me: Fiber) -> None:
    try:
        machine.run_sync(machine.suspension)
    finally:
        # Also when the suspension has failed because the stack had no room for it.
        machine.resumed(me.id)


def _next_job(me: Fiber) -> bool:
    """Parks a fiber whose job is done until it gets another; False if it shall end instead.

    If it shall end, it cannot be preempted any more.
    """
    if len(_pool) >= POOL_SIZE and ready and ready[0].id not in unborn:
        machine.forget(me.id)
        cpu.stacks -= 1
        return False
    _pool.append(me)
    block()
    return True


@bridge
def entry(fiber_id: int) -> int:
    """The bottom of each fiber's stack; answers with the number of the fiber to resume next."""
    cpu.current = unborn.pop(fiber_id)
    machine.adopt(fiber_id)
    while True:
        _work()
        if not _next_job(cpu.current):
            break
    _account(cpu.current)
    cpu.current = ready.popleft()
    return cpu.current.id


@bridge
def _work() -> None:
    """Runs the job of the current fiber. As in `hand_over`, no frame refers to the fiber."""
    job, args = cpu.current.job  # pyright: ignore[reportGeneralTypeIssues]: it has one
    cpu.current.job = None
    job(*args)
    cpu.current.thread = None
