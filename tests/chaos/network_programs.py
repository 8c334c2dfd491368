"""Programs of sockets and pipes: streams, servers, resets, datagrams.

Invariant: each takes a round, starts its threads through it, and returns what checks the outcome
once they have ended; what is random is decided before the first thread starts.
"""

import os
import select
import socket
import struct

#: A record in a pipe: the number of its writer, its own number, and some room.
RECORD = struct.Struct("<HH60x")


def pattern(length, start):
    """Bytes that tell a lost, doubled or exchanged one."""
    return bytes((start + place * 7) % 251 for place in range(length))


def _tcp(family, host):
    with socket.create_server((host, 0), family=family) as server:
        client = socket.create_connection(server.getsockname()[:2])
        accepted, _ = server.accept()
    return client, accepted


#: How both ends of a stream are made.
PAIRS = (
    socket.socketpair,
    lambda: _tcp(socket.AF_INET, "127.0.0.1"),
    lambda: _tcp(socket.AF_INET6, "::1"),
)


def send_blocking(sock, pieces):
    for piece in pieces:
        sock.sendall(piece)


def send_selecting(sock, pieces):
    """Never blocks in `send`: waits for room with poll."""
    sock.setblocking(False)
    room = select.poll()
    room.register(sock, select.POLLOUT)
    for piece in pieces:
        rest = piece
        while rest:
            try:
                rest = rest[sock.send(rest) :]
            except BlockingIOError:
                room.poll()


def receive_blocking(sock, size):
    got = bytearray()
    while data := sock.recv(size):
        got += data
    return got


def receive_into(sock, size):
    got, buffer = bytearray(), bytearray(size)
    while count := sock.recv_into(buffer):
        got += buffer[:count]
    return got


def receive_file(sock, size):
    with sock.makefile("rb", buffering=size) as file:
        return bytearray(file.read())


def receive_epoll(sock, size):
    got = bytearray()
    with select.epoll() as poll:
        poll.register(sock, select.EPOLLIN)
        while True:
            poll.poll()
            try:
                data = sock.recv(size, socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
            if not data:
                return got
            got += data


def receive_impatient(sock, size):
    """Gives up waiting again and again, with the timeout of `select`."""
    got = bytearray()
    while True:
        if not select.select([sock], [], [], 0.0005)[0]:
            continue
        if not (data := sock.recv(size)):
            return got
        got += data


SENDERS = (send_blocking, send_selecting)
RECEIVERS = (receive_blocking, receive_into, receive_file, receive_epoll, receive_impatient)


def cut(play, data, most):
    pieces = []
    while data:
        size = play.random.randint(1, most)
        pieces.append(data[:size])
        data = data[size:]
    return pieces


def streams(play):
    """Both ends of each stream send and receive at once, half-close, and see the other's end."""
    wanted, got = {}, {}

    def receiver(key, sock, receive, size):
        got[key] = receive(sock, size)

    def sender(sock, send, pieces):
        send(sock, pieces)
        sock.shutdown(socket.SHUT_WR)

    plans, ends = [], []
    for number in range(play.random.randint(1, 3)):
        pair = play.random.choice(PAIRS)()
        ends += pair
        if play.random.random() < 0.5:
            for end in pair:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        for side in range(2):
            data = pattern(play.random.randint(0, 20_000), number * 2 + side)
            wanted[number, 1 - side] = data
            send = play.random.choice(SENDERS)
            # A socket that is not blocking is so for its reader, too.
            receive = receive_epoll if send is send_selecting else play.random.choice(RECEIVERS)
            plans.append((sender, pair[side], send, cut(play, data, 3000)))
            plans.append(
                (receiver, (number, side), pair[side], receive, play.random.randint(1, 4000))
            )
    for plan in plans:
        play.start(*plan)

    def check():
        play.expect("streams", sorted(wanted), sorted(got))
        for key, data in wanted.items():
            if got[key] != data:
                play.failures.append(f"stream {key}: {len(data)} bytes sent, {len(got[key])} came")
        for end in ends:
            play.expect("after the end", b"", end.recv(1))
            end.close()

    return check


def threaded_server(play):
    """A server with a short backlog answers each client in a thread, and ends."""
    clients = play.random.randint(1, 8)
    listener = socket.create_server(("127.0.0.1", 0), backlog=play.random.randint(0, 3))
    address = listener.getsockname()
    sends = [pattern(play.random.randint(1, 6000), number) for number in range(clients)]
    size = play.random.randint(1, 3000)
    answers, served = {}, []

    def serve(connection):
        with connection:
            while data := connection.recv(size):
                connection.sendall(data)
        served.append(1)

    def server():
        with listener:
            for _ in range(clients):
                play.start(serve, listener.accept()[0])

    def feed(sock, data):
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)

    def client(number):
        with socket.create_connection(address) as sock:
            play.start(feed, sock, sends[number])
            answers[number] = receive_blocking(sock, size)

    play.start(server)
    for number in range(clients):
        play.start(client, number)

    def check():
        play.expect("served", clients, len(served))
        for number in range(clients):
            play.expect(f"answer {number}", True, answers.get(number) == sends[number])
        try:
            socket.create_connection(address).close()
        except ConnectionRefusedError:
            pass
        else:
            play.failures.append("a closed listener took a connection")

    return check


def resets(play):
    """One end gives up half-way: the other gets a beginning of the stream, and learns of it."""
    sender, receiver = play.random.choice(PAIRS)()
    data = pattern(200_000, 3)
    wanted = play.random.randint(0, 60_000)
    linger = sender.family != socket.AF_UNIX and play.random.random() < 0.5
    ended, got = [], bytearray()

    def sends():
        try:
            with sender:
                sender.sendall(data)
        except (ConnectionResetError, BrokenPipeError) as error:
            ended.append(type(error).__name__)
        else:
            ended.append("all was sent")

    def gives_up():
        with receiver:
            while len(got) < wanted and (piece := receiver.recv(4096)):
                got.extend(piece)
            if linger:
                receiver.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    play.start(sends)
    play.start(gives_up)

    def check():
        play.expect("ends of the sender", 1, len(ended))
        play.expect("a beginning came", True, data.startswith(bytes(got)))
        play.expect("enough came", True, len(got) >= wanted)

    return check


def pipe_records(play):
    """Writers share a pipe: each record arrives whole, and those of one writer in order."""
    reader, writer = os.pipe()
    writers, records = play.random.randint(1, 4), play.random.randint(1, 150)
    got = []

    def write(number, descriptor):
        for record in range(records):
            os.write(descriptor, RECORD.pack(number, record))
        os.close(descriptor)

    def read():
        with open(reader, "rb") as file:
            while data := file.read(RECORD.size):
                got.append(RECORD.unpack(data))

    play.start(read)
    copies = [os.dup(writer) for _ in range(writers)]
    os.close(writer)
    for number, copy in enumerate(copies):
        play.start(write, number, copy)

    def check():
        for number in range(writers):
            mine = [record for writer, record in got if writer == number]
            play.expect(f"records of {number}", list(range(records)), mine)

    return check


def datagrams(play):
    """Datagrams over AF_UNIX keep their bounds and their order; a full queue makes them wait."""
    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    sends = [pattern(play.random.randint(1, 500), n) for n in range(play.random.randint(1, 60))]
    got = []

    def send():
        with a:
            for data in sends:
                a.send(data)

    def receive():
        with b:
            for _ in sends:
                got.append(b.recv(1000))

    play.start(send)
    play.start(receive)
    return lambda: play.expect("datagrams", True, got == sends)


PROGRAMS = (streams, threaded_server, resets, pipe_records, datagrams)
