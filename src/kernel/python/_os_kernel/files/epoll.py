"""What the kernel keeps for an epoll, by the rules of Linux's fs/eventpoll.c.

An item watches an open file, not a number: it stays while any descriptor of that file is open.

Invariant: an item stands in the ready list from the change that concerns it until a look finds that
its file is not ready or, with EPOLLET and EPOLLONESHOT, until it was told once. So a look costs as
much as there is to tell, however many files are watched.
"""

from errno import EEXIST, EINVAL, ELOOP, ENOENT, EPERM

from .events import ALWAYS, ERR, ET, EXCLUSIVE, HUP, IN, ONESHOT, OUT, READABLE, WAKEUP
from .open_file import OpenFile, failure

_PRIVATE = WAKEUP | ONESHOT | ET | EXCLUSIVE
_WITH_EXCLUSIVE = IN | OUT | ERR | HUP | WAKEUP | ET | EXCLUSIVE
#: How deep epolls may watch each other.
_DEEPEST = 5


class _Item:
    """One file that is watched; it stands among the watchers of that file."""

    __slots__ = ("epoll", "events", "fd", "file", "listed")

    def __init__(self, epoll: Epoll, fd: int, file: OpenFile, events: int) -> None:
        self.epoll = epoll
        self.fd = fd
        self.file = file
        self.events = events
        self.listed = False

    @property
    def mask(self) -> int:
        """What it watches for; 0 when it was told once and that was all."""
        return self.events & ~_PRIVATE

    @property
    def exclusive(self) -> bool:
        return bool(self.events & EXCLUSIVE)

    def ready(self) -> int:
        mask = self.events & ~_PRIVATE
        return self.file.poll() & mask if mask else 0

    def notify(self, events: int) -> bool:
        return self.epoll.became_ready(self)

    def file_released(self) -> None:
        self.epoll.drop(self)


class Epoll(OpenFile):
    """An epoll: an open file itself, readable when something that it watches is ready."""

    __slots__ = ("_asking", "_items", "_ready")
    label = "anon_inode:[eventpoll]"

    def __init__(self) -> None:
        OpenFile.__init__(self)
        self._items: dict[tuple[int, OpenFile], _Item] = {}
        #: Items in the order in which they are told.
        self._ready: dict[_Item, None] = {}
        #: Items of files that want to know that they are waited for, or may have to catch up.
        self._asking: dict[_Item, None] = {}

    @property
    def external(self) -> bool:
        return any(item.file.external for item in self._items.values())

    def poll(self) -> int:
        for item in list(self._ready):
            if item.ready():
                return READABLE
            self._unlist(item)
        return 0

    def catch_up(self) -> bool:
        return any([item.file.catch_up() for item in list(self._asking)])

    def awaited(self, events: int) -> None:
        for item in list(self._asking):
            item.file.awaited(item.mask)

    def add(self, fd: int, file: OpenFile, events: int) -> None:
        self._check(file)
        if events & EXCLUSIVE and (isinstance(file, Epoll) or events & ~_WITH_EXCLUSIVE):
            raise failure(EINVAL)
        if isinstance(file, Epoll):
            _check_nesting(self, file)
        if (fd, file) in self._items:
            raise failure(EEXIST)
        item = self._items[fd, file] = _Item(self, fd, file, events | ALWAYS)
        file.watchers[item] = None
        kind = type(file)
        if kind.awaited is not OpenFile.awaited or kind.catch_up is not OpenFile.catch_up:
            self._asking[item] = None
        if item.ready():
            self.became_ready(item)
        elif self.watchers:
            # A thread that waits already must ask for it, too.
            file.awaited(item.mask)

    def modify(self, fd: int, file: OpenFile, events: int) -> None:
        self._check(file)
        if events & EXCLUSIVE:
            raise failure(EINVAL)
        item = self._item(fd, file)
        if item.exclusive:
            raise failure(EINVAL)
        item.events = events | ALWAYS
        if item.ready():
            self.became_ready(item)

    def remove(self, fd: int, file: OpenFile) -> None:
        self._check(file)
        self.drop(self._item(fd, file))

    def _check(self, file: OpenFile) -> None:
        if not file.pollable:
            raise failure(EPERM)
        if file is self:
            raise failure(EINVAL)

    def _item(self, fd: int, file: OpenFile) -> _Item:
        item = self._items.get((fd, file))
        if item is None:
            raise failure(ENOENT)
        return item

    def drop(self, item: _Item) -> None:
        del self._items[item.fd, item.file]
        item.file.watchers.pop(item, None)
        self._asking.pop(item, None)
        self._unlist(item)

    def became_ready(self, item: _Item) -> bool:
        """True if somebody waits here."""
        if not item.listed:
            item.listed = True
            self._ready[item] = None
        waited = bool(self.watchers)
        self.changed(READABLE)
        return waited

    def _unlist(self, item: _Item) -> None:
        item.listed = False
        self._ready.pop(item, None)

    def collect(self, limit: int) -> list[tuple[int, int]]:
        """At most `limit` pairs (descriptor, events); those told go behind those that were not."""
        found = []
        for item in list(self._ready):
            if len(found) >= limit:
                break
            self._unlist(item)
            events = item.ready()
            if not events:
                continue
            found.append((item.fd, events))
            if item.events & ONESHOT:
                item.events &= _PRIVATE
            elif not item.events & ET:
                item.listed = True
                self._ready[item] = None
        return found

    def watched_epolls(self) -> list[Epoll]:
        return [item.file for item in self._items.values() if isinstance(item.file, Epoll)]

    def released(self) -> None:
        for item in list(self._items.values()):
            self.drop(item)


def _check_nesting(outer: Epoll, inner: Epoll) -> None:
    """ELOOP if `outer` could be reached from `inner`, or the chain would be too long."""
    if _above(outer) + _below(inner, outer) > _DEEPEST:
        raise failure(ELOOP)


def _below(epoll: Epoll, forbidden: Epoll) -> int:
    if epoll is forbidden:
        raise failure(ELOOP)
    return 1 + max((_below(each, forbidden) for each in epoll.watched_epolls()), default=0)


def _above(epoll: Epoll) -> int:
    items = (each for each in epoll.watchers if isinstance(each, _Item))
    return 1 + max((_above(item.epoll) for item in items), default=0)
