"""What comes beside the data of a message: descriptors, credentials, facts about a datagram.

Invariant: an open file that is under way in a message stays open until the message is taken or
thrown away.
"""

import _socket as native
from errno import EINVAL, EPERM
from struct import pack, unpack

from ..files import table
from ..files.open_file import failure
from .constants import (
    IPPROTO_IP,
    IPPROTO_IPV6,
    MSG_CMSG_CLOEXEC,
    MSG_CTRUNC,
    SCM_CREDENTIALS,
    SCM_RIGHTS,
    SOL_SOCKET,
)

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    #: Level, type, and the data as bytes.
    type Item = tuple[int, int, bytes]

#: How many descriptors one message can carry.
_MOST_FILES = 253
_INT = 4
#: What a program may say of one datagram: IP_TOS, IP_TTL, IPV6_HOPLIMIT, IPV6_TCLASS.
_OF_DATAGRAMS = {(IPPROTO_IP, 1), (IPPROTO_IP, 2), (IPPROTO_IPV6, 52), (IPPROTO_IPV6, 67)}


class Ancillary:
    """What stands beside one message."""

    __slots__ = ("credentials", "items", "rights")

    def __init__(self, items: list[Item]) -> None:
        #: What is told as it is.
        self.items = items
        #: Open files that come along, each held open; of Emscripten's, a descriptor for it.
        self.rights: list[table.held | int] = []
        #: Of the sender, if it has given them.
        self.credentials: bytes | None = None

    def drop(self) -> None:
        """Nobody takes the open files."""
        import posix

        rights, self.rights = self.rights, []
        for each in rights:
            if isinstance(each, int):
                posix.close(each)
            else:
                each.__exit__()

    def told(self, room: int, flags: int) -> tuple[list[Item], int]:
        """What fits into a buffer of `room` bytes, and MSG_CTRUNC if something did not."""
        buffer = _Buffer(room)
        if self.credentials is not None:
            buffer.put((SOL_SOCKET, SCM_CREDENTIALS, self.credentials))
        for item in self.items:
            buffer.put(item)
        if self.rights:
            most = buffer.room_for_ints()
            given, self.rights = self.rights[:most], self.rights[most:]
            if self.rights:
                buffer.flags = MSG_CTRUNC
                self.drop()
            numbers = [_opened(each, bool(flags & MSG_CMSG_CLOEXEC)) for each in given]
            if numbers:
                buffer.put((SOL_SOCKET, SCM_RIGHTS, pack(f"{len(numbers)}i", *numbers)))
        return buffer.items, buffer.flags

    def peeked(self) -> Ancillary:
        """The same for one who only looks: it holds the open files as well."""
        import posix

        copy = Ancillary(self.items)
        copy.credentials = self.credentials
        for each in self.rights:
            if isinstance(each, int):
                copy.rights.append(posix.dup(each))
            else:
                each.__enter__()
                copy.rights.append(each)
        return copy


class _Buffer:
    """Room for control messages, as C lays them out."""

    __slots__ = ("_room", "flags", "items")

    def __init__(self, room: int) -> None:
        self.items: list[Item] = []
        self.flags = 0
        self._room = room

    def put(self, item: Item) -> None:
        level, kind, data = item
        head = native.CMSG_LEN(0)
        if self._room < head:
            self.flags = MSG_CTRUNC
            return
        if self._room < head + len(data):
            self.flags = MSG_CTRUNC
            data = data[: self._room - head]
        self.items.append((level, kind, data))
        self._room = max(0, self._room - native.CMSG_SPACE(len(data)))

    def room_for_ints(self) -> int:
        return max(0, (self._room - native.CMSG_LEN(0)) // _INT)


def _opened(right: table.held | int, close_on_exec: bool) -> int:
    """A descriptor for what came along."""
    import posix

    if isinstance(right, int):
        posix.set_inheritable(right, not close_on_exec)
        return right
    fd = table.open(right.file, inheritable=not close_on_exec)
    right.__exit__()
    return fd


def given(items: Iterable[Item], *, local: bool) -> Ancillary | None:
    """What a program gives to `sendmsg`; `local` for a socket of AF_UNIX."""
    ancillary: Ancillary | None = None
    for level, kind, data in items:
        if level != SOL_SOCKET:
            if not local and (level, kind) in _OF_DATAGRAMS:
                if len(data) != _INT:
                    raise failure(EINVAL)
                ancillary = ancillary or Ancillary([])
                ancillary.items.append((level, kind, data))
            continue
        if kind == SCM_RIGHTS:
            if local:
                ancillary = ancillary or Ancillary([])
                ancillary.rights += _rights(data)
        elif kind == SCM_CREDENTIALS:
            if local:
                ancillary = ancillary or Ancillary([])
                ancillary.credentials = _credentials(data)
        else:
            raise failure(EINVAL)
    return ancillary


def _rights(data: bytes) -> list[table.held | int]:
    import posix

    count = len(data) // _INT
    if count > _MOST_FILES:
        raise failure(EINVAL)
    rights: list[table.held | int] = []
    for fd in unpack(f"{count}i", data[: count * _INT]):
        table.get(fd)
        file = table.own(fd)
        if file is None:
            rights.append(posix.dup(fd))
        else:
            held = table.held(file)
            held.__enter__()
            rights.append(held)
    return rights


def own_credentials() -> bytes:
    """Of this process: its number, its user and its group."""
    import os

    return pack("iII", os.getpid(), os.getuid(), os.getgid())


def _credentials(data: bytes) -> bytes:
    if len(data) != 12:
        raise failure(EINVAL)
    if data != own_credentials():
        raise failure(EPERM)
    return data
