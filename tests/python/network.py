"""Sockets: no byte is lost, doubled or out of order, whatever the turns and the network."""

import errno
import select
import socket
import struct
import time

from _os_kernel.net import conditions
from _os_kernel.net.page import clients
from harness import outside, together

page = clients()
LOCAL = ("127.0.0.1", 0)


def pair():
    """Both ends of a connection of TCP."""
    with socket.create_server(LOCAL) as server:
        client = socket.create_connection(server.getsockname())
        accepted, _ = server.accept()
    return client, accepted


def perfect_again():
    """What is under way arrives before the test ends; a segment can be lost eight times."""
    conditions.set()
    time.sleep(120)


def pattern(length, start=0):
    return bytes((start + place) % 251 for place in range(length))


def send_in_pieces(sock, data):
    while data:
        size = 1 + outside.draw(400)
        sock.sendall(data[:size])
        data = data[size:]


def read_in_pieces(sock, into):
    while data := sock.recv(1 + outside.draw(600)):
        into.append(data)


def test_stream_arrives_whole_and_in_order(seeds=200):
    """What one end sends in any pieces the other gets whole, in both directions at once."""
    a, b = pair()
    there, back = pattern(1200), pattern(900, 7)
    at_a, at_b = [], []

    def run(sock, data, into):
        send_in_pieces(sock, data)
        sock.shutdown(socket.SHUT_WR)
        read_in_pieces(sock, into)

    together(lambda: run(a, there, at_a), lambda: run(b, back, at_b))
    assert b"".join(at_b) == there
    assert b"".join(at_a) == back
    a.close()
    b.close()


def test_stream_survives_a_bad_network(seeds=200):
    """Latency, a narrow line and losses delay a stream; they take nothing from it."""
    conditions.set(latency=0.03, bandwidth=5000, loss=0.2, seed=outside.draw(1 << 30))
    try:
        a, b = pair()
        data = pattern(2000)
        got = []
        start = time.monotonic()

        def send():
            send_in_pieces(a, data)
            a.close()

        together(send, lambda: read_in_pieces(b, got))
        assert b"".join(got) == data
        assert time.monotonic() - start >= 0.03 + len(data) / 5000
        b.close()
    finally:
        perfect_again()


def test_conditions_that_change_keep_the_order(seeds=200):
    """What is sent after the network became perfect does not overtake what is under way."""
    a, b = pair()
    try:
        conditions.set(latency=0.5)
        a.sendall(b"first ")
        conditions.set(latency=0.1)
        a.sendall(b"second ")
        conditions.set()
        a.sendall(b"third")
        a.shutdown(socket.SHUT_WR)
        got = []
        read_in_pieces(b, got)
        assert b"".join(got) == b"first second third", got
    finally:
        perfect_again()
        a.close()
        b.close()


def test_backpressure_is_bounded(seeds=200):
    """A sender is never further ahead than both buffers are large, and never stuck."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2000)
        server.bind(LOCAL)
        server.listen()
        a = socket.socket()
        a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 3000)
        a.connect(server.getsockname())
        b, _ = server.accept()
    sent, got = [0], [0]
    total = 20_000

    def send():
        while sent[0] < total:
            sent[0] += a.send(bytes(min(total - sent[0], 1 + outside.draw(1500))))

    def read():
        while got[0] < total:
            # Counted before it is read, so that the sender cannot be told late.
            ahead = sent[0] - got[0]
            assert ahead <= 5000, ahead
            got[0] += len(b.recv(1 + outside.draw(900)))

    together(send, read)
    a.close()
    b.close()


def test_every_client_is_accepted_once(seeds=200):
    """Several threads accept, several connect: each connection has its own server."""
    with socket.create_server(LOCAL) as server:
        served, answered = [], []

        def serve():
            for _ in range(2):
                sock, address = server.accept()
                with sock:
                    served.append(address)
                    sock.sendall(sock.recv(10))

        def ask(name):
            with socket.create_connection(server.getsockname()) as sock:
                sock.sendall(name)
                answered.append((name, sock.recv(10), sock.getsockname()))

        asks = [lambda name=b"%d" % n: ask(name) for n in range(4)]
        together(serve, serve, *asks)
    assert sorted(served) == sorted(address for _, _, address in answered)
    assert all(name == answer for name, answer, _ in answered)


def test_a_backlog_lets_everyone_in_at_last(seeds=200):
    """Clients that find no room in the backlog get in when there is some, each once."""
    with socket.create_server(LOCAL, backlog=0) as server:
        got = []

        def serve():
            for _ in range(5):
                sock, _ = server.accept()
                with sock:
                    got.append(sock.recv(5))

        def ask(name):
            with socket.create_connection(server.getsockname()) as sock:
                sock.sendall(name)

        together(serve, *(lambda name=b"%d" % n: ask(name) for n in range(5)))
    assert sorted(got) == [b"0", b"1", b"2", b"3", b"4"], got


def test_close_lets_data_through_or_resets(seeds=200):
    """An end that is closed having read all ends the stream; with data unread it resets it."""
    a, b = pair()
    unread = outside.draw(2)
    outcome = []

    def close():
        a.sendall(b"answer")
        if not unread:
            assert a.recv(10, socket.MSG_WAITALL) == b"q" * 10
        else:
            a.recv(5)
        a.close()

    def read():
        try:
            b.sendall(b"q" * 10)
            outcome.append(b.recv(10, socket.MSG_WAITALL))
        except (ConnectionResetError, BrokenPipeError) as error:
            outcome.append(errno.errorcode[error.errno])

    together(close, read)
    assert outcome == [b"answer"] or (unread and outcome[0] in ("ECONNRESET", "EPIPE")), outcome
    b.close()


def test_reset_reaches_whoever_waits(seeds=200):
    """A thread that waits for data, and one that waits for room, hear of a reset."""
    a, b = pair()
    told = []

    def wait(operation):
        try:
            operation()
        except OSError as error:
            told.append(errno.errorcode[error.errno])

    def reset():
        time.sleep(0.01)
        a.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        a.close()

    endless = bytes(8 << 20)
    # A send that was cut off says how much was sent; only the next one fails.
    together(lambda: wait(lambda: b.recv(1)), lambda: wait(lambda: b.sendall(endless)), reset)
    assert told and set(told) <= {"ECONNRESET", "EPIPE"}, told
    b.close()


def test_datagrams_are_lost_but_not_reordered(seeds=200):
    """Of datagrams over a bad network some arrive, each whole, once and in order."""
    conditions.set(latency=0.02, loss=0.4, seed=outside.draw(1 << 30))
    try:
        with socket.socket(type=socket.SOCK_DGRAM) as b, socket.socket(type=socket.SOCK_DGRAM) as a:
            b.bind(LOCAL)
            b.settimeout(1)
            got = []

            def send():
                for number in range(20):
                    a.sendto(b"%02d" % number, b.getsockname())

            def read():
                try:
                    while True:
                        got.append(int(b.recv(10)))
                except TimeoutError:
                    return

            together(send, read)
            assert got == sorted(set(got)) and set(got) <= set(range(20)), got
    finally:
        perfect_again()


def test_timeout_is_never_early_and_loses_nothing(seeds=200):
    """A `recv` that times out took nothing; the next one gets the data."""
    a, b = pair()
    b.settimeout(0.05)
    got = []

    def send():
        time.sleep(0.04 + outside.draw(20) / 1000)
        a.sendall(b"data")

    def read():
        while not got:
            start = time.monotonic()
            try:
                got.append(b.recv(10))
            except TimeoutError:
                assert time.monotonic() - start >= 0.05

    together(send, read)
    assert got == [b"data"], got
    a.close()
    b.close()


def test_round_trip_takes_twice_the_latency(seeds=50):
    """With a latency of 50 ms a connection takes one round trip, and so does a question."""
    conditions.set(latency=0.05)
    try:
        with socket.create_server(LOCAL) as server:
            start = time.monotonic()

            def serve():
                sock, _ = server.accept()
                with sock:
                    sock.sendall(sock.recv(10))

            def ask():
                with socket.create_connection(server.getsockname()) as sock:
                    connected = time.monotonic() - start
                    assert connected >= 0.1, connected
                    sock.sendall(b"x")
                    assert sock.recv(10) == b"x"
                    assert time.monotonic() - start >= 0.2

            together(serve, ask)
    finally:
        perfect_again()


def test_resets_end_a_connection_on_both_sides(seeds=200):
    """A network that resets ends connections with ECONNRESET, and never gives wrong bytes."""
    a, b = pair()
    conditions.set(resets=0.2, seed=outside.draw(1 << 30))
    data = pattern(3000)
    got, told = [], []

    def end(operation):
        try:
            operation()
        except OSError as error:
            told.append(errno.errorcode[error.errno])

    try:

        def send():
            send_in_pieces(a, data)
            a.shutdown(socket.SHUT_WR)

        together(lambda: end(send), lambda: end(lambda: read_in_pieces(b, got)))
    finally:
        perfect_again()
    whole = b"".join(got)
    assert data.startswith(whole)
    assert whole == data or "ECONNRESET" in told, (len(whole), told)
    a.close()
    b.close()


def test_epoll_is_told_of_all_that_comes(seeds=200):
    """A loop that reads only when epoll says so, edge-triggered, gets every byte."""
    pairs = [pair() for _ in range(2)]
    poller = select.epoll()
    got = {}
    for _, reader in pairs:
        reader.setblocking(False)
        poller.register(reader, select.EPOLLIN | select.EPOLLET)
        got[reader.fileno()] = b""
    readers = {reader.fileno(): reader for _, reader in pairs}

    def read():
        open_ones = set(readers)
        while open_ones:
            for fd, _ in poller.poll():
                while True:
                    try:
                        data = readers[fd].recv(1 + outside.draw(300))
                    except BlockingIOError:
                        break
                    got[fd] += data
                    if not data:
                        open_ones.discard(fd)
                        break

    def send(sock):
        send_in_pieces(sock, pattern(1500))
        sock.close()

    together(read, *(lambda sock=sock: send(sock) for sock, _ in pairs))
    assert all(data == pattern(1500) for data in got.values())
    poller.close()
    for _, reader in pairs:
        reader.close()


def asked(server, question):
    """What a client outside gets for `question`, which it sends in pieces, and how it ended."""
    got, ended = [], []
    client = page.Client(*server.getsockname(), got.append, ended.append)
    for start in range(0, len(question), 3):
        client.send(question[start : start + 3])
    client.finish()
    return got, ended


def test_a_client_outside_is_a_client_as_any(seeds=100):
    """A server serves a client that stands in the page, between others."""
    with socket.create_server(LOCAL) as server:
        inside = []

        def serve():
            for _ in range(2):
                sock, _ = server.accept()
                with sock:
                    parts = []
                    read_in_pieces(sock, parts)
                    sock.sendall(b"".join(parts).upper())

        def ask():
            with socket.create_connection(server.getsockname()) as sock:
                sock.sendall(b"inside")
                sock.shutdown(socket.SHUT_WR)
                inside.append(sock.recv(10))

        outcome = []
        together(serve, ask, lambda: outcome.append(asked(server, b"outside")))
    ((got, ended),) = outcome
    assert (b"".join(got), ended) == (b"OUTSIDE", []), outcome
    assert got[-1] == b"" and inside == [b"INSIDE"], (got, inside)


def test_a_client_outside_hears_of_refusals_and_resets(seeds=20):
    """Where nobody listens, and where the server resets, the page is told the error."""
    with socket.create_server(LOCAL) as server:
        where = server.getsockname()
        got, ended = asked(server, b"question")
        sock, _ = server.accept()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
        assert [error.errno for error in ended] == [errno.ECONNRESET], (got, ended)
    ended = []
    page.Client(*where, lambda data: None, ended.append)
    assert [error.errno for error in ended] == [errno.ECONNREFUSED], ended


def test_the_page_knows_where_a_program_listens(seeds=20):
    """Each port that is listened to is told when it begins and when it ends, and can be asked."""
    told = []
    stop = page.watch(lambda name, begins: told.append((name, begins)))
    before = page.listening()
    with socket.create_server(LOCAL) as server, socket.socket() as silent:
        silent.bind(LOCAL)
        name = server.getsockname()
        assert page.listening() == [*before, name]
    assert page.listening() == before
    assert told == [(name, True), (name, False)], told
    stop()
