"""The children of this process: which there are, and how they ended.

Invariant: a child is forgotten when the program has been told of its end, and by nothing else.
"""

from errno import ECHILD, EINVAL
from os import WNOHANG

from ..processes import identity
from ..sched.wait import INTERRUPTED, WaitQueue
from ..signals import delivery
from ..threads import semaphore
from . import calls

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .calls import Message

    type Watch = Callable[[int, int], None]


#: The status of each child, None while it runs; in the order in which they began.
children: dict[int, int | None] = {}
#: Who is called with the number and the status of a child that has ended, by its number (0: any).
_watches: dict[int, list[Watch]] = {}
_waiting = WaitQueue()
_SIGCHLD = 17
#: WNOHANG, WUNTRACED, WCONTINUED, and Linux's own __WNOTHREAD, __WALL, __WCLONE.
_OPTIONS = 1 | 2 | 8 | 0xE0000000
#: Processes that never began have numbers that no other has.
_MOST_PID = 1 << 22


class ChildWait(calls.BrokerWait):
    """Waits for the end of a child."""

    __slots__ = ()
    thing = "the end of a child process"


def begin(message: Message) -> None:
    """The broker has said which process this is."""
    identity.pid, identity.parent = message.pid, message.parent
    identity.alone = False


def ended(pid: int, status: int) -> None:
    """`pid` has ended."""
    children[pid] = status
    if delivery.handlers[_SIGCHLD] == delivery.SIG_IGN:
        # Nobody is told of the end of a child whose parent has said so.
        _forget(pid)
    elif pid in _watches or 0 in _watches:
        _tell_watches(pid, status)
    _waiting.wake_all()
    delivery.trigger(_SIGCHLD)


def watch(pid: int, told: Watch) -> None:
    """Has `told` called once `pid` has ended (0: any child), perhaps now; it is then forgotten."""
    _watches.setdefault(pid, []).append(told)
    for one in [pid] if pid else list(children):
        status = children.get(one)
        if status is not None:
            _tell_watches(one, status)


def unwatch(pid: int, told: Watch) -> None:
    """Undoes one `watch`."""
    watches = _watches[pid]
    watches.remove(told)
    if not watches:
        del _watches[pid]


def _tell_watches(pid: int, status: int) -> None:
    _forget(pid)
    for told in (*_watches.get(pid, ()), *_watches.get(0, ())):
        told(pid, status)


def stillborn(status: int) -> int:
    """A child whose program could not be executed; answers with its number."""
    pid = _MOST_PID + len(children)
    while pid in children:
        pid += 1
    ended(pid, status)
    return pid


def wait_for(pid: int, options: int) -> tuple[int, int]:
    """`waitpid`."""
    if options & ~_OPTIONS:
        raise OSError(EINVAL, "Invalid argument")
    return find(pid, hang=not options & WNOHANG) or (0, 0)


def find(
    pid: int, *, hang: bool, forget: bool = True, ended: bool = True
) -> tuple[int, int] | None:
    """A child that has ended, and its status, as a signal's handler does not end it (PEP 475).

    `pid` is as for `waitpid`. None if there is none yet, and not to `hang`. Without `ended` such a
    child is not wanted, and none ever stops or goes on.
    """
    while True:
        candidates = _candidates(pid)
        if not candidates:
            raise ChildProcessError(ECHILD, "No child processes")
        for one in candidates if ended else ():
            status = children[one]
            if status is not None:
                if forget:
                    _forget(one)
                return one, status
        if not hang:
            return None
        wait = ChildWait(pid)
        _waiting.add(wait)
        try:
            if wait.block() == INTERRUPTED:
                delivery.run_pending()
        finally:
            _waiting.discard(wait)


def _candidates(pid: int) -> list[int]:
    if pid > 0:
        return [pid] if pid in children else []
    if pid == -1:
        return list(children)
    members = calls.ask("process.list", group=-pid).pids.to_py()
    return [one for one in members if one in children]


def _forget(pid: int) -> None:
    del children[pid]
    if pid < _MOST_PID:
        calls.tell("process.reaped", pid=pid)


def kill(target: int, signum: int) -> None:
    """Sends a signal to other processes."""
    answered(calls.ask("process.signal", target=target, signal=signum))


def answered(answer: Message) -> Message:
    """Raises the error of an answer, if it has one."""
    error = getattr(answer, "error", None)
    if error is not None:
        import errno

        raise failure(getattr(errno, error))
    return answer


def failure(number: int, path: object = None) -> OSError:
    from os import strerror

    return OSError(number, strerror(number), *([] if path is None else [path]))


class EndWait(calls.BrokerWait):
    """Waits for the end of all other processes, which the broker brings about."""

    __slots__ = ()
    thing = "the end of the other processes"


_others_ended = WaitQueue()
_alone = [False]


def leave(code: int) -> None:
    """The first process has ended its program, and with it all others end; returns when they have.

    A resource tracker says first what has been left over.
    """
    if not identity.has_started_any:
        return
    # The tracker may have to take their names away.
    semaphore.hand_over_all()
    calls.tell("process.exit", status=code << 8)
    while not _alone[0]:
        wait = EndWait(None)
        _others_ended.add(wait)
        try:
            wait.block()
        finally:
            _others_ended.discard(wait)


def _all_ended(message: Message) -> None:
    _alone[0] = True
    _others_ended.wake_all()


def _child_ended(message: Message) -> None:
    ended(message.pid, message.status)


def _parent_ended(message: Message) -> None:
    identity.parent = 1


def _signal_arrived(message: Message) -> None:
    calls.tell("signal.taken")
    delivery.trigger(message.signal)


calls.heard["process.alone"] = _all_ended
calls.heard["child.ended"] = _child_ended
calls.heard["parent.ended"] = _parent_ended
calls.heard["signal.arrived"] = _signal_arrived
