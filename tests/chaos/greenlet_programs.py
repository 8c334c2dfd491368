"""Programs of greenlets, in several threads: rings, a hub over sockets, greenlets that are killed.

The distribution's Python files are not needed: its C extension alone, which is the kernel's.

Invariant: each takes a round, starts its threads through it, and returns what checks the outcome
once they have ended; what is random is decided before the first thread starts. Every greenlet has
finished or was killed when its thread ends.
"""

import contextlib
import select
import socket
import sys
import threading
import time
import types
from functools import partial

sys.modules.setdefault("greenlet", types.ModuleType("greenlet")).__path__ = []

from greenlet._greenlet import GreenletExit, getcurrent, greenlet  # noqa: E402


def greenlet_rings(play):
    """A number goes round a ring of greenlets, each of which adds one."""
    threads = play.random.randint(1, 3)
    sizes = [play.random.randint(1, 12) for _ in range(threads)]
    locked = [play.random.random() < 0.5 for _ in range(threads)]
    laps = play.random.randint(1, 15)
    lock = threading.Lock()
    sums, left = {}, []

    def ring(number):
        main, members = getcurrent(), []

        def member(place, given):
            following = members[place + 1] if place + 1 < len(members) else main
            for _ in range(laps):
                with lock if locked[number] else contextlib.nullcontext():
                    given += 1
                given = following.switch(given)

        members += [greenlet(partial(member, place)) for place in range(sizes[number])]
        total = 0
        for _ in range(laps):
            total = members[0].switch(total)
        sums[number] = total
        for each in members:
            # It has gone round often enough: it ends, and its parent goes on.
            each.switch(None)
        left.extend(each for each in members if not each.dead)

    for number in range(threads):
        play.start(ring, number)

    def check():
        play.expect("left", 0, len(left))
        play.expect("sums", [size * laps for size in sizes], [sums[n] for n in range(threads)])

    return check


def greenlet_hub(play):
    """A hub waits for sockets on behalf of greenlets, some of which it kills while they wait."""
    pairs = play.random.randint(1, 5)
    killed = [play.random.random() < 0.3 for _ in range(pairs)]
    size = play.random.randint(1, 1500)
    data = [bytes((n + place) % 251 for place in range(20_000)) for n in range(pairs)]
    got = {number: bytearray() for number in range(pairs)}
    ends = []

    def hub():
        me, waiting = getcurrent(), {}
        sockets = [socket.socketpair() for _ in range(pairs)]

        def wait(sock, events):
            waiting[sock.fileno()] = getcurrent()
            poll.register(sock, events)
            try:
                me.switch()
            finally:
                poll.unregister(sock)
                del waiting[sock.fileno()]

        def send(number, sock):
            with sock:
                rest = data[number]
                while rest:
                    wait(sock, select.EPOLLOUT)
                    try:
                        rest = rest[sock.send(rest[:size]) :]
                    except BrokenPipeError, ConnectionResetError:
                        break
            ends.append(("sender", number))

        def receive(number, sock):
            try:
                with sock:
                    while True:
                        wait(sock, select.EPOLLIN)
                        if not (piece := sock.recv(size)):
                            break
                        got[number] += piece
            except GreenletExit:
                ends.append(("killed", number))
                raise
            ends.append(("receiver", number))

        with select.epoll() as poll:
            for number, (a, b) in enumerate(sockets):
                a.setblocking(False)
                b.setblocking(False)
                a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
                greenlet(send).switch(number, a)
                receiver = greenlet(receive)
                receiver.switch(number, b)
                if killed[number]:
                    receiver.throw()
                del receiver
            while waiting:
                for fd, _ in poll.poll():
                    if fd in waiting:
                        waiting[fd].switch()

    play.start(hub)

    def check():
        wanted = [("sender", number) for number in range(pairs)]
        wanted += [("killed" if killed[n] else "receiver", n) for n in range(pairs)]
        play.expect("ends", sorted(wanted), sorted(ends))
        for number in range(pairs):
            if not killed[number]:
                play.expect(f"stream {number}", True, got[number] == data[number])

    return check


def greenlets_that_end(play):
    """Greenlets finish, raise, are thrown at and abandoned, while their threads block and wait."""
    threads, each_has = play.random.randint(1, 3), play.random.randint(1, 15)
    kinds = ("finish", "raise", "throw", "abandon", "block", "leave")
    fates = [[play.random.choice(kinds) for _ in range(each_has)] for _ in range(threads)]
    guard = threading.Lock()
    begun, ended = [], []

    class Planned(Exception):
        pass

    def body(fate):
        begun.append(fate)
        try:
            if fate == "block":
                with guard:
                    time.sleep(0.0001)
            elif fate == "raise":
                raise Planned
            elif fate != "finish":
                getcurrent().parent.switch()
        finally:
            ended.append(fate)

    def work(mine):
        kept = []
        for fate in mine:
            child = greenlet(body)
            with contextlib.suppress(Planned):
                child.switch(fate)
            if fate == "throw":
                child.throw()
            elif fate == "leave":
                # It dies with the frame of its thread's function.
                kept.append(child)

    for mine in fates:
        play.start(work, mine)

    def check():
        play.expect("begun", threads * each_has, len(begun))
        play.expect("ended", sorted(begun), sorted(ended))

    return check


PROGRAMS = (greenlet_rings, greenlet_hub, greenlets_that_end)
