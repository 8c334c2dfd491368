"""What sockets do on Linux: TCP, UDP and AF_UNIX on one machine.

Each scenario says what it saw, in words that name errors and events and no numbers that differ from
run to run. `../record-scenarios.ts` has a native CPython run this file and keeps what it prints;
the kernel's test runs it in the kernel and compares.
"""

import array
import errno
import fcntl
import json
import os
import platform
import select
import signal
import socket
import stat
import struct
import sys
import tempfile
import termios
import threading
import traceback

BITS = {
    "IN": 1,
    "PRI": 2,
    "OUT": 4,
    "ERR": 8,
    "HUP": 16,
    "NVAL": 32,
    "RDNORM": 64,
    "RDBAND": 128,
    "WRNORM": 256,
    "WRBAND": 512,
    "RDHUP": 0x2000,
}
ALL = sum(BITS.values()) & ~BITS["NVAL"]
UNIX, STREAM, DGRAM, PACKETS = (
    socket.AF_UNIX,
    socket.SOCK_STREAM,
    socket.SOCK_DGRAM,
    socket.SOCK_SEQPACKET,
)
HOME = ("127.0.0.1", 0)
LINGER = struct.pack("ii", 1, 0)

scenarios = {}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


class Seen:
    """What one scenario has seen."""

    def __init__(self):
        self.lines = []

    def say(self, *words):
        self.lines.append(" ".join(str(word) for word in words))

    def error(self, function, *arguments):
        """The error that a call ends in, or what it gives."""
        try:
            return function(*arguments)
        except OSError as error:
            code = errno.errorcode.get(error.errno, error.errno)
            return f"{type(error).__name__} {code}"
        except Exception as error:
            return f"{type(error).__name__}: {error}"


def state(sock, wanted=ALL):
    """All that `poll` says of a socket now."""
    poller = select.poll()
    poller.register(sock, wanted)
    bits = dict(poller.poll(0)).get(sock.fileno(), 0)
    return "+".join(name for name, bit in BITS.items() if bits & bit) or "nothing"


def settled(sock, wanted, timeout=5):
    """Waits until `poll` tells `wanted`: packets take a moment, even on one machine."""
    poller = select.poll()
    poller.register(sock, wanted)
    poller.poll(timeout * 1000)
    return state(sock)


def server(family=socket.AF_INET, backlog=5):
    listener = socket.socket(family)
    listener.bind(HOME if family == socket.AF_INET else ("::1", 0))
    listener.listen(backlog)
    return listener


def connected(listener=None):
    """Both ends of a connection of TCP."""
    own = listener or server()
    client = socket.create_connection(own.getsockname()[:2])
    accepted, _ = own.accept()
    if listener is None:
        own.close()
    return client, accepted


def unused_port():
    with socket.socket() as probe:
        probe.bind(HOME)
        return probe.getsockname()


def code(number):
    return errno.errorcode.get(number, number)


# Connecting


@scenario
def a_new_socket(seen):
    for family in (socket.AF_INET, socket.AF_INET6):
        with socket.socket(family) as sock:
            seen.say(state(sock), sock.getsockname(), sock.type, sock.proto)
            seen.say("peer", seen.error(sock.getpeername))
            seen.say("send", seen.error(sock.send, b"x"))
            seen.say("recv", seen.error(sock.recv, 1))
            seen.say("accept", seen.error(sock.accept))
            seen.say("shutdown", seen.error(sock.shutdown, socket.SHUT_RDWR))
    with socket.socket(type=DGRAM) as sock:
        sock.setblocking(False)
        seen.say("UDP", state(sock), sock.getsockname())
        seen.say("peer", seen.error(sock.getpeername))
        seen.say("send", seen.error(sock.send, b"x"))
        seen.say("recv", seen.error(sock.recv, 1))
        seen.say("listen", seen.error(sock.listen))
        seen.say("accept", seen.error(sock.accept))


@scenario
def what_there_is_no_socket_of(seen):
    for family, kind, proto in (
        (socket.AF_INET, PACKETS, 0),
        (socket.AF_INET, STREAM, socket.IPPROTO_UDP),
        (socket.AF_INET, DGRAM, socket.IPPROTO_TCP),
        (socket.AF_INET, 77, 0),
        (UNIX, STREAM, 5),
        (UNIX, socket.SOCK_RDM, 0),
        (200, STREAM, 0),
    ):
        seen.say(family, kind, proto, seen.error(socket.socket, family, kind, proto))
    seen.say("pair", seen.error(socket.socketpair, socket.AF_INET, STREAM))
    r, w = os.pipe()
    seen.say("no socket", seen.error(socket.socket, -1, -1, -1, r))
    os.close(r)
    os.close(w)


@scenario
def a_connection(seen):
    with server() as listener:
        seen.say("listens", state(listener), listener.getsockopt(1, socket.SO_ACCEPTCONN))
        client = socket.socket()
        client.setblocking(False)
        seen.say("connect", code(client.connect_ex(listener.getsockname())))
        seen.say(settled(client, select.POLLOUT), settled(listener, select.POLLIN))
        seen.say("SO_ERROR", client.getsockopt(1, socket.SO_ERROR))
        seen.say("again", code(client.connect_ex(listener.getsockname())))
        seen.say("again", code(client.connect_ex(listener.getsockname())))
        accepted, address = listener.accept()
        with client, accepted:
            seen.say("address", address == client.getsockname())
            seen.say("peers", client.getpeername() == accepted.getsockname())
            seen.say("accepted", state(accepted), accepted.getblocking(), accepted.gettimeout())
            seen.say("listen", seen.error(client.listen), seen.error(accepted.listen))
            seen.say("bind", seen.error(client.bind, HOME))
        seen.say("listener", state(listener))
        seen.say("connect", seen.error(listener.connect, listener.getsockname()))


@scenario
def a_connection_that_is_refused(seen):
    where = unused_port()
    with socket.socket() as sock:
        seen.say("blocking", seen.error(sock.connect, where))
        seen.say("again", seen.error(sock.connect, where))
    with socket.socket() as sock:
        sock.setblocking(False)
        seen.say("connect", code(sock.connect_ex(where)))
        seen.say(settled(sock, select.POLLERR))
        seen.say("SO_ERROR", *(code(sock.getsockopt(1, socket.SO_ERROR)) for _ in range(2)))
        seen.say(state(sock))
        seen.say("again", *(code(sock.connect_ex(where)) for _ in range(2)))
    with socket.socket() as sock:
        sock.settimeout(5)
        seen.say("with a time-out", seen.error(sock.connect, where))
        seen.say("again", code(sock.connect_ex(where)))


@scenario
def a_backlog_that_is_full(seen):
    with server(backlog=0) as listener:
        first = socket.create_connection(listener.getsockname())
        second = socket.socket()
        second.settimeout(0.2)
        seen.say("second", seen.error(second.connect, listener.getsockname()), state(second))
        seen.say("again", code(second.connect_ex(listener.getsockname())))
        first.close()
        second.close()


@scenario
def a_listener_that_is_closed(seen):
    listener = server()
    client = socket.create_connection(listener.getsockname())
    listener.close()
    seen.say(settled(client, select.POLLERR))
    seen.say("recv", seen.error(client.recv, 1), seen.error(client.recv, 1))
    seen.say("send", seen.error(client.send, b"x"))
    client.close()


@scenario
def a_listener_that_is_shut_down(seen):
    with server() as listener:
        listener.shutdown(socket.SHUT_RD)
        seen.say(state(listener), seen.error(listener.accept))


# Data


@scenario
def bytes_in_both_directions(seen):
    a, b = connected()
    with a, b:
        seen.say("sent", a.send(b"abc"), settled(b, select.POLLIN))
        seen.say("peek", b.recv(2, socket.MSG_PEEK), b.recv(10, socket.MSG_PEEK))
        count = array.array("i", [0])
        fcntl.ioctl(b, termios.FIONREAD, count)
        seen.say("FIONREAD", count[0])
        seen.say("recv", b.recv(2), b.recv(2))
        seen.say("none left", seen.error(b.recv, 1, socket.MSG_DONTWAIT))
        seen.say("from", a.send(b"xy"), b.recvfrom(5))
        seen.say("to", a.sendto(b"z", ("127.0.0.1", 9)), b.recv(5))
        seen.say("msg", a.sendmsg([b"one", b"two"]), b.recvmsg(10, 100))
        seen.say("os", os.write(a.fileno(), b"os"), os.read(b.fileno(), 5))
        seen.say("nothing", a.send(b""), b.recv(0))
        into = bytearray(6)
        seen.say("into", a.send(b"abcd"), b.recv_into(into, 3), bytes(into))
        seen.say("trunc", len(b.recv(5, socket.MSG_TRUNC)), state(b))


@scenario
def all_that_was_asked_for(seen):
    a, b = connected()
    with a, b:
        a.sendall(b"ab")
        threading.Timer(0.1, a.sendall, [b"cd"]).start()
        seen.say(b.recv(4, socket.MSG_WAITALL))
        a.sendall(b"ef")
        a.close()
        seen.say(b.recv(4, socket.MSG_WAITALL))


@scenario
def urgent_data(seen):
    a, b = connected()
    with a, b:
        seen.say("none", seen.error(b.recv, 1, socket.MSG_OOB))
        a.send(b"ab")
        a.send(b"cd!", socket.MSG_OOB)
        seen.say(settled(b, select.POLLPRI))
        seen.say(b.recv(10), b.recv(1, socket.MSG_OOB))
        seen.say("twice", seen.error(b.recv, 1, socket.MSG_OOB), state(b))
    a, b = connected()
    with a, b:
        b.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        a.send(b"ef!", socket.MSG_OOB)
        settled(b, select.POLLIN)
        seen.say("inline", b.recv(2), b.recv(10))


@scenario
def a_buffer_that_is_full(seen):
    for family in ("TCP", "unix"):
        a, b = connected() if family == "TCP" else socket.socketpair()
        with a, b:
            a.setblocking(False)
            sent = 0
            while not isinstance(part := seen.error(a.send, b"x" * 65536), str):
                sent += part
            seen.say(family, part, sent > 100_000, state(a))
            a.settimeout(0.05)
            seen.say("with a time-out", seen.error(a.send, b"x"), seen.error(a.sendall, b"x"))
            a.setblocking(False)
            got = 0
            while got < sent:
                got += len(b.recv(1 << 20))
            seen.say("all read", got == sent, settled(a, select.POLLOUT))


@scenario
def a_file_that_is_sent(seen):
    a, b = connected()
    with a, b, tempfile.TemporaryFile() as file:
        file.write(b"0123456789")
        file.flush()
        seen.say(os.sendfile(a.fileno(), file.fileno(), 2, 5), b.recv(10))
        seen.say(a.sendfile(file, 3, 4), b.recv(10), file.tell())
        file.seek(6)
        seen.say(os.sendfile(a.fileno(), file.fileno(), None, 9), b.recv(10), file.tell())
        seen.say("end", os.sendfile(a.fileno(), file.fileno(), 10, 9))
        seen.say("from a socket", seen.error(os.sendfile, a.fileno(), b.fileno(), 0, 9))


# Ending


@scenario
def one_direction_that_is_shut(seen):
    a, b = connected()
    with a, b:
        a.sendall(b"last")
        a.shutdown(socket.SHUT_WR)
        seen.say("a", state(a), seen.error(a.send, b"x"))
        seen.say("b", settled(b, BITS["RDHUP"]), b.recv(10), b.recv(10), b.recv(10))
        b.sendall(b"answer")
        seen.say("a", settled(a, select.POLLIN), a.recv(10))
        b.shutdown(socket.SHUT_WR)
        seen.say("b", settled(b, select.POLLHUP), seen.error(b.send, b"x"))
        seen.say("a", settled(a, select.POLLHUP), a.recv(10))
        seen.say("peers", seen.error(a.getpeername), seen.error(b.getpeername))
        seen.say("shutdown", seen.error(a.shutdown, socket.SHUT_RDWR))


@scenario
def a_side_that_reads_no_more(seen):
    a, b = connected()
    with a, b:
        a.shutdown(socket.SHUT_RD)
        seen.say("a", state(a), a.recv(10))
        seen.say("b", state(b), b.send(b"x"))
        seen.say("a", settled(a, select.POLLIN), a.recv(10), a.recv(10))


@scenario
def an_end_that_is_closed(seen):
    a, b = connected()
    with b:
        a.sendall(b"last")
        a.close()
        seen.say(settled(b, BITS["RDHUP"]), b.recv(10), b.recv(10))
        seen.say("send", seen.error(b.send, b"x"))
        seen.say(settled(b, select.POLLERR))
        seen.say("send", seen.error(b.send, b"x"), seen.error(b.send, b"x"))
        seen.say("recv", seen.error(b.recv, 1), state(b))


@scenario
def an_end_that_is_closed_with_data_unread(seen):
    a, b = connected()
    with b:
        a.sendall(b"to read")
        b.sendall(b"never read")
        settled(a, select.POLLIN)
        a.close()
        seen.say(settled(b, select.POLLERR))
        seen.say("recv", seen.error(b.recv, 3), seen.error(b.recv, 30), seen.error(b.recv, 3))
        seen.say("recv", seen.error(b.recv, 3), state(b))
        seen.say("send", seen.error(b.send, b"x"))


@scenario
def an_end_that_is_closed_without_lingering(seen):
    a, b = connected()
    with b:
        a.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
        a.close()
        seen.say(settled(b, select.POLLERR))
        seen.say("send", seen.error(b.send, b"x"), seen.error(b.send, b"x"))
        seen.say("recv", seen.error(b.recv, 3), seen.error(b.getpeername))


@scenario
def a_signal_for_a_broken_pipe(seen):
    a, b = connected()
    got = []
    before = signal.signal(signal.SIGPIPE, lambda number, frame: got.append(number))
    try:
        with a, b:
            a.shutdown(socket.SHUT_WR)
            seen.say(seen.error(a.send, b"x"), len(got))
            seen.say(seen.error(a.send, b"x", socket.MSG_NOSIGNAL), len(got))
    finally:
        signal.signal(signal.SIGPIPE, before)


@scenario
def a_copy_of_a_descriptor(seen):
    a, b = connected()
    with a, b:
        copy = b.dup()
        b.close()
        a.sendall(b"still")
        seen.say(copy.recv(10), state(a))
        fd = copy.detach()
        seen.say(copy.fileno(), stat.S_ISSOCK(os.fstat(fd).st_mode), os.write(fd, b"x"))
        again = socket.socket(fileno=fd)
        seen.say(again.family, again.type, again.proto, a.recv(5))
        again.close()
        seen.say(settled(a, BITS["RDHUP"]), a.recv(5))


# Addresses


@scenario
def names_that_are_in_use(seen):
    with server() as listener, socket.socket() as other:
        where = listener.getsockname()
        seen.say("bind", seen.error(other.bind, where))
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        seen.say("reuse", seen.error(other.bind, where))
        seen.say("another host", seen.error(other.bind, ("127.0.0.2", where[1])))
        seen.say("twice", seen.error(other.bind, HOME))
    with socket.socket() as one, socket.socket() as two:
        for sock in (one, two):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(HOME)
        seen.say("both reuse", seen.error(two.bind, one.getsockname()))
        one.listen()
        seen.say("both listen", seen.error(two.listen))
    with socket.socket() as one, socket.socket() as two:
        for sock in (one, two):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.bind(HOME)
        one.listen()
        seen.say("both ports", seen.error(two.bind, one.getsockname()), seen.error(two.listen))
    with socket.socket() as one, socket.socket() as two:
        one.bind(("0.0.0.0", 0))
        seen.say("all", seen.error(two.bind, ("127.0.0.1", one.getsockname()[1])))
    with socket.socket() as sock:
        seen.say("not here", seen.error(sock.bind, ("192.0.2.1", 0)))


@scenario
def a_name_of_a_connection_that_is_over(seen):
    listener = server()
    where = listener.getsockname()
    client, accepted = connected(listener)
    listener.close()
    with socket.socket() as other:
        seen.say("open", seen.error(other.bind, where))
    accepted.close()
    settled(client, BITS["RDHUP"])
    client.close()
    with socket.socket() as other:
        seen.say("over", seen.error(other.bind, where))
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        seen.say("reuse", seen.error(other.bind, where))


@scenario
def both_families(seen):
    with socket.socket(socket.AF_INET6) as listener:
        seen.say("only 6", listener.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY))
        listener.bind(("::", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted, address = listener.accept()
            seen.say(address[0], accepted.getsockname()[0], client.getpeername()[0])
            accepted.close()
        with socket.create_connection(("::1", port)) as client:
            accepted, address = listener.accept()
            seen.say(address[0], accepted.getsockname()[0], client.getpeername()[0])
            accepted.close()
        with socket.socket() as other:
            seen.say("4", seen.error(other.bind, ("0.0.0.0", port)))
    with socket.socket(socket.AF_INET6) as listener:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(("::", 0))
        listener.listen()
        with socket.socket() as other:
            where = ("127.0.0.1", listener.getsockname()[1])
            seen.say("refused", seen.error(other.connect, where))
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        with socket.socket(socket.AF_INET6) as client:
            client.connect(("::ffff:127.0.0.1", sock.getsockname()[1]))
            seen.say(client.getpeername()[0], client.getsockname()[0])


@scenario
def other_names_of_this_machine(seen):
    with socket.socket() as listener:
        listener.bind(("0.0.0.0", 0))
        listener.listen()
        port = listener.getsockname()[1]
        for host in ("127.0.0.1", "127.0.0.1", "127.1.2.3", "0.0.0.0", "", "localhost"):
            with socket.socket() as client:
                client.connect((host, port))
                accepted, address = listener.accept()
                seen.say(host, address[0], accepted.getsockname()[0], client.getpeername()[0])
                accepted.close()


@scenario
def names_for_IPv6(seen):
    for flags in (0, socket.AI_V4MAPPED):
        for host in ("1.2.3.4", "127.0.0.1", "::1"):
            wanted = (host, 80, socket.AF_INET6, DGRAM, 0, flags)
            seen.say(host, bool(flags), seen.error(socket.getaddrinfo, *wanted))


# Datagrams


@scenario
def datagrams(seen):
    with socket.socket(type=DGRAM) as a, socket.socket(type=DGRAM) as b:
        b.bind(HOME)
        seen.say("sent", a.sendto(b"abc", b.getsockname()), settled(b, select.POLLIN))
        data, address = b.recvfrom(2)
        seen.say("cut", data, address == ("127.0.0.1", a.getsockname()[1]), a.getsockname()[0])
        a.connect(b.getsockname())
        seen.say("connected", a.getsockname()[0], a.getpeername() == b.getsockname())
        a.send(b"")
        seen.say("empty", settled(b, select.POLLIN), b.recv(5))
        a.send(b"12345")
        data, _, flags, _ = b.recvmsg(2)
        seen.say("msg", data, flags == socket.MSG_TRUNC)
        a.send(b"12345")
        seen.say("peek", b.recv(9, socket.MSG_PEEK), len(b.recv(9, socket.MSG_TRUNC)))
        with socket.socket(type=DGRAM) as other:
            other.sendto(b"x", ("127.0.0.1", a.getsockname()[1]))
        seen.say("not from the peer", seen.error(a.recv, 5, socket.MSG_DONTWAIT))
        seen.say("too long", seen.error(a.send, b"x" * 65508), a.send(b"x" * 65507))
        seen.say("shutdown", seen.error(a.shutdown, socket.SHUT_WR), seen.error(a.send, b"x"))


@scenario
def datagrams_in_parts(seen):
    with socket.socket(type=DGRAM) as a, socket.socket(type=DGRAM) as b:
        b.bind(HOME)
        name, more = b.getsockname(), socket.MSG_MORE
        seen.say("begun", a.sendto(b"abc", more, name), state(b))
        seen.say("more", a.sendto(b"de", more, name), state(b))
        seen.say("sent", a.sendto(b"", name), settled(b, select.POLLIN), b.recv(9))
        a.sendto(b"abc", more, name)
        seen.say("too long", seen.error(a.sendto, b"x" * 65507, name))


@scenario
def datagrams_to_nobody(seen):
    with socket.socket(type=DGRAM) as probe:
        probe.bind(HOME)
        nobody = probe.getsockname()
    with socket.socket(type=DGRAM) as sock:
        sock.setblocking(False)
        seen.say("not connected", sock.sendto(b"x", nobody), seen.error(sock.recv, 1))
        sock.connect(nobody)
        seen.say("connected", sock.send(b"x"), settled(sock, select.POLLERR))
        seen.say(seen.error(sock.send, b"x"), seen.error(sock.send, b"x"))
        settled(sock, select.POLLERR)
        seen.say(seen.error(sock.recv, 1), seen.error(sock.recv, 1))
        seen.say("port 0", seen.error(sock.sendto, b"x", ("127.0.0.1", 0)))
        seen.say("broadcast", seen.error(sock.sendto, b"x", ("255.255.255.255", 9)))


@scenario
def datagrams_that_find_no_room(seen):
    with socket.socket(type=DGRAM) as a, socket.socket(type=DGRAM) as b:
        b.bind(HOME)
        b.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        b.setblocking(False)
        for number in range(100):
            a.sendto(b"%03d" % number, b.getsockname())
        got = []
        while not isinstance(data := seen.error(b.recv, 9), str):
            got.append(int(data))
        seen.say("the first", got == list(range(len(got))), 5 < len(got) < 100)


# AF_UNIX


@scenario
def names_of_the_file_system(seen):
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with socket.socket(UNIX) as listener, socket.socket(UNIX) as client:
            seen.say("unnamed", repr(client.getsockname()), seen.error(client.getpeername))
            seen.say("nobody", seen.error(client.connect, "name"))
            seen.say("listen", seen.error(listener.listen))
            listener.bind("name")
            seen.say(listener.getsockname(), stat.S_ISSOCK(os.stat("name").st_mode))
            seen.say("bound twice", seen.error(listener.bind, "other"))
            seen.say("not yet", seen.error(client.connect, "name"))
            listener.listen()
            client.connect("name")
            accepted, address = listener.accept()
            seen.say("address", repr(address), accepted.getsockname(), client.getpeername())
            seen.say("open", seen.error(os.open, "name", os.O_RDWR))
            with socket.socket(UNIX) as other:
                seen.say("in use", seen.error(other.bind, "name"))
                seen.say("no folder", seen.error(other.bind, "no/name"))
                seen.say("too long", seen.error(other.bind, "x" * 120))
            with socket.socket(UNIX, DGRAM) as other:
                seen.say("another type", seen.error(other.connect, "name"))
            os.rename("name", "renamed")
            with socket.socket(UNIX) as other:
                seen.say("renamed", seen.error(other.connect, "renamed"))
            client.send(b"x")
            seen.say(accepted.recvfrom(5), state(client), state(accepted))
            accepted.close()
        with socket.socket(UNIX) as other:
            seen.say("left behind", seen.error(other.connect, "renamed"))
            with open("file", "w"):
                seen.say("a file", seen.error(other.connect, "file"))
        os.chdir("/")


@scenario
def abstract_names(seen):
    with socket.socket(UNIX) as listener, socket.socket(UNIX) as client:
        name = b"\0course" + str(os.getpid()).encode()
        listener.bind(name)
        listener.listen()
        client.connect(name)
        accepted, address = listener.accept()
        seen.say(repr(address), accepted.getsockname() == name, client.getpeername() == name)
        accepted.close()
        with socket.socket(UNIX) as other:
            seen.say("in use", seen.error(other.bind, name))
    with socket.socket(UNIX) as other:
        seen.say("gone", seen.error(other.connect, name))
        other.bind("")
        seen.say("chosen", other.getsockname()[:1], len(other.getsockname()))


@scenario
def states_of_unix_sockets(seen):
    with socket.socket(UNIX) as sock:
        seen.say("new", state(sock), seen.error(sock.send, b"x"), seen.error(sock.recv, 1))
    a, b = socket.socketpair()
    with a, b:
        seen.say("pair", state(a))
        a.shutdown(socket.SHUT_WR)
        seen.say("shut", state(a), state(b), b.recv(1), seen.error(a.send, b"x"))
        b.sendall(b"never read")
        b.sendall(b"x")
        a.close()
        seen.say("closed with data", state(b), seen.error(b.recv, 1), seen.error(b.recv, 1))
    a, b = socket.socketpair()
    with b:
        a.sendall(b"xy")
        a.close()
        seen.say("closed", state(b), b.recv(5), b.recv(5), seen.error(b.send, b"x"))


@scenario
def a_unix_backlog_that_is_full(seen):
    with socket.socket(UNIX) as listener:
        listener.bind(b"\0full" + str(os.getpid()).encode())
        listener.listen(0)
        first, second = socket.socket(UNIX), socket.socket(UNIX)
        with first, second:
            first.connect(listener.getsockname())
            second.setblocking(False)
            seen.say("second", code(second.connect_ex(listener.getsockname())))
            listener.accept()[0].close()
            seen.say("then", code(second.connect_ex(listener.getsockname())))


@scenario
def datagrams_of_unix_sockets(seen):
    a, b = socket.socketpair(UNIX, DGRAM)
    with a, b:
        seen.say(state(a), a.send(b"abc"), b.recvfrom(2), a.send(b""), b.recv(5))
        a.setblocking(False)
        sent = 0
        while not isinstance(part := seen.error(a.send, b"x"), str):
            sent += part
        seen.say("full", part, sent > 5, state(a))
        b.close()
        seen.say("closed", seen.error(a.send, b"x"), state(a))
    with socket.socket(UNIX, DGRAM) as a, socket.socket(UNIX, DGRAM) as b:
        b.bind(b"\0b" + str(os.getpid()).encode())
        seen.say("not connected", seen.error(a.send, b"x"))
        seen.say("to", a.sendto(b"x", b.getsockname()), b.recvfrom(5))
        a.bind(b"\0a" + str(os.getpid()).encode())
        a.connect(b.getsockname())
        a.send(b"y")
        data, sender = b.recvfrom(5)
        seen.say(data, sender == a.getsockname(), b.sendto(b"z", sender), a.recv(5))


@scenario
def packets(seen):
    a, b = socket.socketpair(UNIX, PACKETS)
    with a, b:
        a.send(b"one")
        a.send(b"two")
        data, _, flags, _ = b.recvmsg(2)
        seen.say(data, bool(flags & socket.MSG_TRUNC), bool(flags & socket.MSG_EOR), b.recv(9))
        a.close()
        seen.say("closed", state(b), b.recv(9), seen.error(b.send, b"x"))


@scenario
def descriptors_in_messages(seen):
    a, b = socket.socketpair()
    r, w = os.pipe()
    with a, b, tempfile.TemporaryFile() as file:
        file.write(b"in a file")
        file.flush()
        socket.send_fds(a, [b"data"], [w, file.fileno()])
        os.close(w)
        seen.say("open on the way", seen.error(os.set_blocking, r, False))
        seen.say(seen.error(os.read, r, 1))
        data, (pipe, copy), flags, address = socket.recv_fds(b, 10, 2)
        os.write(pipe, b"through")
        seen.say(data, flags, address, os.read(r, 10), os.pread(copy, 20, 0))
        os.close(pipe)
        seen.say("closed", os.read(r, 1))
        a.send(b"before")
        socket.send_fds(a, [b"with"], [r])
        a.send(b"after")
        data, fds, _, _ = socket.recv_fds(b, 100, 2)
        seen.say(data, len(fds))
        data, fds, _, _ = socket.recv_fds(b, 100, 2)
        seen.say(data, len(fds))
        socket.send_fds(a, [b"x"], [r])
        _, _, flags, _ = b.recvmsg(10)
        seen.say("no room", bool(flags & socket.MSG_CTRUNC))
        seen.say("not open", seen.error(socket.send_fds, a, [b"x"], [999]))
    os.close(r)


# Options


@scenario
def options(seen):
    tcp, udp = socket.socket(), socket.socket(type=DGRAM)
    with tcp, udp:
        for name in (
            "SO_REUSEADDR",
            "SO_REUSEPORT",
            "SO_KEEPALIVE",
            "SO_BROADCAST",
            "SO_OOBINLINE",
            "SO_DONTROUTE",
        ):
            option = getattr(socket, name)
            before = tcp.getsockopt(socket.SOL_SOCKET, option)
            tcp.setsockopt(socket.SOL_SOCKET, option, 5)
            seen.say(name, before, tcp.getsockopt(socket.SOL_SOCKET, option))
        for name in ("TCP_NODELAY", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_CORK"):
            option = getattr(socket, name)
            before = tcp.getsockopt(socket.IPPROTO_TCP, option)
            tcp.setsockopt(socket.IPPROTO_TCP, option, 3)
            seen.say(name, before, tcp.getsockopt(socket.IPPROTO_TCP, option))
            seen.say("UDP", seen.error(udp.setsockopt, socket.IPPROTO_TCP, option, 1))
        for name in ("SO_TYPE", "SO_ERROR", "SO_ACCEPTCONN", "SO_PROTOCOL", "SO_DOMAIN"):
            option = getattr(socket, name)
            seen.say(
                name,
                tcp.getsockopt(socket.SOL_SOCKET, option),
                udp.getsockopt(socket.SOL_SOCKET, option),
                seen.error(tcp.setsockopt, socket.SOL_SOCKET, option, 1),
            )
        for size in (1, 10_000, 100_000):
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
            got = [tcp.getsockopt(socket.SOL_SOCKET, option) for option in (7, 8)]
            seen.say("buffers", size, *got)
        seen.say("linger", tcp.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
        seen.say("linger", tcp.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
        seen.say("as a number", seen.error(tcp.setsockopt, socket.SOL_SOCKET, socket.SO_LINGER, 1))
        seen.say("as bytes", tcp.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE, 4))
        seen.say("unknown", seen.error(tcp.getsockopt, socket.SOL_SOCKET, 9999))
        seen.say("unknown", seen.error(tcp.setsockopt, socket.SOL_SOCKET, 9999, 1))
        seen.say("V6ONLY", seen.error(tcp.getsockopt, socket.IPPROTO_IPV6, socket.IPV6_V6ONLY))
        seen.say("TTL", tcp.getsockopt(socket.IPPROTO_IP, socket.IP_TTL))
        seen.say("short", seen.error(tcp.setsockopt, socket.SOL_SOCKET, socket.SO_KEEPALIVE, b""))
    with socket.socket(UNIX) as local:
        seen.say("unix", seen.error(local.setsockopt, socket.IPPROTO_TCP, socket.TCP_NODELAY, 1))


@scenario
def options_that_the_accepted_have(seen):
    with server() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        a, b = connected(listener)
        with a, b:
            for sock in (a, b):
                seen.say(
                    sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE),
                    sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY),
                    sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN),
                )


# Arguments


@scenario
def arguments_that_are_wrong(seen):
    with socket.socket() as sock:
        for address in (
            ("127.0.0.1", 70000),
            ("127.0.0.1", -1),
            ("127.0.0.1", "80"),
            ("127.0.0.1",),
            ["127.0.0.1", 80],
            "127.0.0.1",
            (None, 80),
            ("127.0.0.1", 1.5),
            ("a\0b", 1),
        ):
            seen.say(repr(address), seen.error(sock.connect, address))
        seen.say(seen.error(sock.recv, -1))
        seen.say(seen.error(sock.recv_into, bytearray(3), 4))
        seen.say(seen.error(sock.recv_into, b"abc"))
        seen.say(seen.error(sock.send, "text"))
        seen.say(seen.error(sock.settimeout, -1), seen.error(sock.settimeout, "x"))
        seen.say(seen.error(sock.shutdown, 7))
    seen.say(seen.error(sock.recv, 1), seen.error(sock.getsockname), sock.fileno())


def run(function):
    seen = Seen()
    try:
        function(seen)
    except Exception as error:
        lines = traceback.format_exception_only(error)
        seen.say("ended by", lines[-1].strip())
    return seen.lines


def main():
    wanted = sys.argv[1:]
    chosen = {name: f for name, f in scenarios.items() if not wanted or name in wanted}
    told = {name: run(function) for name, function in chosen.items()}
    version = platform.python_version()
    print(json.dumps({"python": version, "system": platform.platform(), "scenarios": told}))


if __name__ == "__main__":
    main()
