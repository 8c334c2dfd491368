"""From one greenlet to another (greenlet's TGreenlet.cpp and TUserGreenlet.cpp).

A switch has three steps: `find` says to which greenlet it leads and gives that a fiber if it is
new; `go_on` goes there; `finish` is what the greenlet does that goes on.

Invariant: while a greenlet stands still, no frame on its stack refers to it, to what it goes on to,
or to anything of its thread.
"""

import sys
from weakref import ref

from .. import machine
from ..sched import fiber, preempt
from ..seam import unraisable
from ..seam.declare import bridge
from ..threads import thread
from . import collector
from .core import ACTIVE, DEAD, NEW, Core
from .errors import GreenletExit, error
from .local import Local

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from ..threads.thread import Thread
    from .core import Pending
    from .greenlet import greenlet

#: Greenlets that GreenletExit did not kill and that nobody refers to; upstream leaks them, too.
_immortal: list[greenlet] = []


class Parts:
    """What the class `greenlet` gives to this module, which comes before it."""

    kind: type[greenlet]
    core_of: Callable[[greenlet], Core]
    make_main: staticmethod[[], tuple[greenlet, Core]]


def running() -> Thread:
    """The thread that runs."""
    current = fiber.cpu.current
    if current is None or current.thread is None:
        return thread.main
    return current.thread


@bridge
def here() -> Local:
    """What the running thread knows of its greenlets. May kill some of them."""
    local = running().greenlets
    if local is None:
        local = _begin_thread(running())
    if local.condemned:
        local.reap()
    return local


@bridge
def _reap_here() -> None:
    """Another thread than that of the condemned may run: then they wait until theirs does."""
    local = running().greenlets
    if local is not None and local.condemned:
        local.reap()


def _begin_thread(thread: Thread) -> Local:
    main, core = Parts.make_main()
    core.fiber = thread.fiber
    core.home = thread.greenlets = Local(thread, main, core)
    return core.home


def _local() -> Local:
    """As `here`, where the running thread is known to use greenlets."""
    return running().greenlets  # pyright: ignore[reportReturnType]


def _fiber(core: Core) -> fiber.Fiber:
    """That of a greenlet that is active."""
    return core.fiber  # pyright: ignore[reportReturnType]


def home_of(target: greenlet) -> Local | None:
    """What its thread knows; for one that has not begun, the thread of its ancestors."""
    core = Parts.core_of(target)
    while core.state == NEW and core.parent is not None:
        core = Parts.core_of(core.parent)
    return core.home


def _check(target: greenlet, local: Local) -> None:
    """As `check_switch_allowed`."""
    home = home_of(target)
    if home is local:
        return
    if home is None:
        raise error("cannot switch to a garbage collected greenlet")
    if not home.alive:
        raise error("cannot switch to a different thread (which happens to have exited)")
    raise error(
        "Cannot switch to a different thread\n"
        f"\tCurrent:  {local.main!r}\n\tExpected: {home.main!r}"
    )


@bridge
def find(target: greenlet, local: Local) -> greenlet:
    """The greenlet to go on in: `target`, or its nearest ancestor that is not dead.

    It is started if it is new, and has what `target` was to be given.
    """
    core = Parts.core_of(target)
    try:
        _check(target, local)
        while True:
            if core.state >= ACTIVE:
                if core.unswitchable:
                    raise SystemError("Failed to switch stacks into a running greenlet.")
                return target
            if core.state == NEW:
                _start(target, core, local)
                continue
            target = core.parent  # pyright: ignore[reportAssignmentType]: a main one never dies
            above = Parts.core_of(target)
            above.pending = core.pending
            core.pending = None
            core = above
    except BaseException:
        core.pending = None
        raise


@bridge
def _start(target: greenlet, core: Core, local: Local) -> None:
    """As `g_initialstub`: gives a new greenlet its fiber."""
    pending = core.pending
    core.pending = None
    run = target.run
    _check(target, local)
    core.pending = pending
    if core.state != NEW:
        # It has been started by what `run` is made of.
        return
    if core.unswitchable:
        raise SystemError("Failed to switch stacks into a greenlet for the first time.")
    _branch(target, core, local)
    core.first = run


def _branch(target: greenlet, core: Core, local: Local) -> None:
    if not fiber.room():
        raise MemoryError("no room for the stack of one more greenlet")
    core.fiber = fiber.branch(local.thread, _live)
    core.home = local
    core.state = ACTIVE
    collector.put_out(target)


def go_on() -> None:
    """Goes on in the greenlet that is next; comes back when this one goes on."""
    try:
        fiber.hand_over(_next())
    except BaseException:
        _stay()
        raise


def _next() -> fiber.Fiber:
    local = _local()
    target = local.next
    del local.next
    core = Parts.core_of(target)
    local.origin = local.current
    local.current = target
    local.core = core
    return _fiber(core)


def _stay() -> None:
    """The hand-over has failed: the greenlet that called goes on."""
    local = _local()
    target, core = local.current, local.core
    local.current = local.origin  # pyright: ignore[reportAttributeAccessIssue]: it is there
    local.core = Parts.core_of(local.current)
    local.origin = None
    core.pending = None
    if _fiber(core).job is not None:
        # It had not begun.
        fiber.discard(_fiber(core))
        core.fiber = core.home = None
        del core.first
        core.state = NEW
        collector.put_back(target)


@bridge
def finish() -> object:
    """As `g_switch_finish`: this greenlet goes on."""
    local = _local()
    core = local.core
    pending = core.pending
    core.pending = None
    if local.trace is not None:
        _trace(local, pending)
    local.origin = None
    if isinstance(pending, BaseException):
        del local, core
        _raise(pending)
    return _result(pending)  # pyright: ignore[reportArgumentType]: a switch gave it


def _result(pending: tuple[Any, dict[str, Any] | None]) -> object:
    args, kwargs = pending
    if kwargs:
        return (args, kwargs) if args else kwargs
    if type(args) is tuple and len(args) == 1:
        return args[0]
    return args


def _raise(exception: BaseException) -> NoReturn:
    """Raises it as C does: without the exception that is handled here as its context."""
    context = exception.__context__
    try:
        raise exception
    finally:
        exception.__context__ = context
        del exception, context


@bridge
def _trace(local: Local, pending: Pending | None) -> None:
    event = "throw" if isinstance(pending, BaseException) else "switch"
    try:
        local.trace(event, (local.origin, local.current))
    except BaseException:
        local.trace = None
        raise


@bridge
def _live() -> None:
    """The job of a greenlet's fiber (`inner_bootstrap`)."""
    machine.count_from_here()
    ended = _run()
    local = _local()
    _end(local.current, local.core)
    parent = local.core.parent
    while parent is not None:
        Parts.core_of(parent).pending = ended
        try:
            local.next = find(parent, local)
        except BaseException as raised:
            ended = raised
            parent = Parts.core_of(parent).parent
            continue
        # Nothing interrupts from here on: this stack has no greenlet any more.
        fiber.continue_in(_next())
        return
    raise SystemError("a greenlet has ended, and none of its ancestors can go on")


@bridge
def _run() -> Pending:
    """Runs the current greenlet, which has just begun; answers what its parent is given."""
    local = _local()
    core = local.core
    context, core.context = core.context, None
    core.swap_context(context)
    del context
    pending = core.pending
    core.pending = None
    try:
        run = core.first
        del core.first
        # What it was made with may go by this, and switch.
        core.run = run
        del run
        if local.trace is not None:
            _trace(local, pending)
        local.origin = None
        if isinstance(pending, BaseException):
            raised, pending = pending, None
            _raise(raised)
        args, kwargs = pending  # pyright: ignore[reportGeneralTypeIssues]: a switch gave it
        del pending, local, core
        if kwargs is None:
            return ((_local().core.run(*args),), None)
        return ((_local().core.run(*args, **kwargs),), None)
    except GreenletExit as exit:
        # It may have been killed after it was given something: that is not lost.
        given = _local().core.pending
        return (exit if given is None else _result(given), None)  # pyright: ignore[reportArgumentType]
    except BaseException as raised:
        return raised


def _end(ended: greenlet, core: Core) -> None:
    core.pending = None
    core.context = core.swap_context(None)
    core.state = DEAD
    core.fiber = None
    if hasattr(core, "run"):
        del core.run
    collector.put_back(ended)


@bridge
def let_go(target: greenlet, core: Core) -> None:
    """A greenlet that stands still has lost its last reference."""
    home = core.home
    if core.orphaned():
        core.murder()
        collector.put_back(target)
        return
    if home is not running().greenlets:
        # As upstream: its thread kills it when it comes to use greenlets.
        home.condemned.append(target)  # pyright: ignore[reportOptionalMemberAccess]
        return
    if machine.in_kernel() or not machine.may_wait():
        home.condemned.append(target)  # pyright: ignore[reportOptionalMemberAccess]
        preempt.call_soon(_reap_here)
        return
    references = sys.getrefcount(target)
    _kill(target, core)
    if core.state != ACTIVE:
        return
    if sys.getrefcount(target) > references:
        # It has been resurrected, and is to be killed again when it is let go again.
        preempt.call_soon(_Revival(target))
        return
    _immortal.append(target)
    print("GreenletExit did not kill", repr(target), file=sys.stderr)


class _Revival:
    """Has the finalizer of a greenlet run once more, if the greenlet is still there."""

    __slots__ = ("_of",)

    def __init__(self, of: greenlet) -> None:
        self._of = ref(of)

    def __call__(self) -> None:
        of = self._of()
        if of is not None:
            machine.revive(id(of))


@bridge
def _kill(target: greenlet, core: Core) -> None:
    """Raises GreenletExit in it; its parent is the current greenlet meanwhile."""
    parent = core.parent
    core.parent = here().current
    exit = GreenletExit("Killing the greenlet because all references have vanished.")
    try:
        target.throw(exit)
    except BaseException as raised:
        unraisable.report(raised, f"Exception ignored in: {target!r}")
    core.parent = parent
