"""Process groups and sessions, and `waitid`.

Invariant: the broker knows who is in which group; nothing of it is kept here.
"""

import posix
from os import WEXITED, WNOHANG, WNOWAIT

from ..signals import delivery
from . import calls, children

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .calls import Message

_P_PID = 1
_P_PGID = 2
_P_ALL = 0
_EINVAL = 22
_SIGCHLD = 17
_CLD_EXITED, _CLD_KILLED = 1, 2
_STOPPED, _CONTINUED = 2, 8


def known(pid: int) -> Message:
    """The `group` and the `session` of a process, 0 for this one."""
    return children.answered(calls.ask("process.ask", target=pid))


def join(pid: int, group: int) -> None:
    """`setpgid`."""
    children.answered(calls.ask("process.join", target=pid, group=group))


def lead() -> None:
    """`setsid`."""
    children.answered(calls.ask("process.lead"))


def killpg(group: int, signum: int) -> None:
    if group < 0:
        raise OSError(_EINVAL, "Invalid argument")
    children.kill(-group, signum)
    delivery.run_pending()


def waitid(kind: int, number: int, wanted: int) -> posix.waitid_result | None:
    states = WEXITED | _STOPPED | _CONTINUED
    if wanted & ~(states | WNOHANG | WNOWAIT) or not wanted & states:
        raise OSError(_EINVAL, "Invalid argument")
    if kind == _P_ALL:
        target = -1
    elif kind == _P_PID and number > 0:
        target = number
    elif kind == _P_PGID and number >= 0:
        target = -number
    else:
        raise OSError(_EINVAL, "Invalid argument")
    found = children.find(
        target,
        hang=not wanted & WNOHANG,
        forget=not wanted & WNOWAIT,
        ended=bool(wanted & WEXITED),
    )
    if found is None:
        return None
    pid, status = found
    killed = status & 0x7F
    code = _CLD_KILLED if killed else _CLD_EXITED
    return posix.waitid_result((pid, posix.getuid(), _SIGCHLD, killed or status >> 8, code))
