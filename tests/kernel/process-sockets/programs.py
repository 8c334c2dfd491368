"""What sockets are between processes: pairs and connections passed on, listeners, open files sent.

Each scenario says what it saw, in words without numbers that differ from run to run.
`../record-scenarios.ts` has a native CPython run this file and keeps what it prints; the kernel's
test runs it in the kernel and compares.
"""

import asyncio
import errno
import http.server
import json
import multiprocessing
import os
import platform
import select
import socket
import sys
import tempfile
import threading
import traceback
import urllib.request
from multiprocessing import connection, reduction
from multiprocessing.managers import BaseManager

spawn = multiprocessing.get_context("spawn")
scenarios = {}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


class Seen:
    def __init__(self):
        self.lines = []

    def say(self, *words):
        self.lines.append(" ".join(map(str, words)))

    def fails(self, function, *arguments):
        try:
            self.say("did", function(*arguments))
        except OSError as error:
            self.say(type(error).__name__, errno.errorcode.get(error.errno, error.errno))
        except EOFError:
            self.say("EOFError")


def started(target, *arguments):
    process = spawn.Process(target=target, args=arguments)
    process.start()
    return process


def ended(seen, *processes):
    for process in processes:
        process.join()
    seen.say("exit codes", [process.exitcode for process in processes])


def echo(end):
    with end:
        while True:
            try:
                end.send(end.recv())
            except EOFError:
                return


@scenario
def a_pipe_both_ways(seen):
    ours, its = spawn.Pipe()
    process = started(echo, its)
    its.close()
    for message in ("hello", {"a": [1, 2]}, None):
        ours.send(message)
        seen.say(ours.recv())
    big = bytes(range(256)) * 4096
    ours.send(big)
    seen.say(ours.recv() == big)
    seen.say(ours.poll())
    ours.send(1)
    seen.say(
        ours.poll(60),
        connection.wait([ours], 60) == [ours],
        select.select([ours], [ours], [], 60)[1] == [ours],
    )
    seen.say(ours.recv(), ours.poll(0))
    ours.close()
    ended(seen, process)


def say_and_go(end):
    end.send("last words")


def go(end):
    pass


@scenario
def the_other_end_has_gone(seen):
    ours, its = spawn.Pipe()
    process = started(say_and_go, its)
    its.close()
    process.join()
    seen.say(ours.poll(), ours.recv(), ours.poll())
    seen.fails(ours.recv)
    seen.fails(ours.send, "x")
    ours, its = spawn.Pipe()
    ours.send("nobody reads this")
    process = started(go, its)
    its.close()
    process.join()
    seen.fails(ours.recv)
    seen.fails(ours.send, "x")
    seen.fails(ours.recv)


def half(end):
    with end:
        parts = []
        while part := end.recv(1000):
            parts.append(part)
        end.sendall(b"got " + b"".join(parts))
        end.shutdown(socket.SHUT_WR)
        end.recv(1)


@scenario
def a_pair_of_sockets(seen):
    ours, its = socket.socketpair()
    ours.sendall(b"sent before, ")
    ours.sendall(b"in two parts, ")
    seen.say(its.recv(5))
    process = started(half, its)
    its.close()
    seen.say(ours.getsockname(), ours.getpeername(), ours.family.name, ours.type.name)
    ours.sendall(b"sent after")
    ours.shutdown(socket.SHUT_WR)
    seen.fails(ours.send, b"x")
    seen.say(ours.recv(3, socket.MSG_PEEK))
    seen.say(ours.recv(100, socket.MSG_WAITALL), ours.recv(100))
    ours.close()
    ended(seen, process)


def take(end, results, count):
    for _ in range(count):
        results.send(end.recv(1))
    end.close()


@scenario
def an_end_that_several_hold(seen):
    ours, its = socket.socketpair()
    reader, writer = spawn.Pipe(duplex=False)
    processes = [started(take, its, writer, 2) for _ in range(2)]
    writer.close()
    ours.sendall(b"abcde")
    seen.say(sorted(reader.recv() for _ in range(4)))
    ended(seen, *processes)
    seen.say(its.recv(10))
    its.close()
    seen.say(ours.recv(1))


def late(end):
    end.setblocking(True)
    with end:
        data = bytearray()
        while part := end.recv(1 << 16):
            data += part
        end.sendall(str(len(data)).encode())


@scenario
def much_through_a_pair(seen):
    ours, its = socket.socketpair()
    ours.setblocking(False)
    sent = 0
    try:
        while True:
            sent += ours.send(bytes(1000))
    except BlockingIOError:
        seen.say("full")
    process = started(late, its)
    its.close()
    data = memoryview(bytes(3_000_000))
    total = sent + len(data)
    while data:
        select.select([], [ours], [])
        data = data[ours.send(data) :]
    ours.shutdown(socket.SHUT_WR)
    select.select([ours], [], [])
    seen.say(int(ours.recv(100)) == total)
    ended(seen, process)


def answer(listener, times):
    with listener:
        for _ in range(times):
            with listener.accept() as client:
                client.send(f"hello, {client.recv()}")


def ask_by_path(path, results):
    with connection.Client(path, authkey=b"secret") as client:
        client.send("child")
        results.send(client.recv())


@scenario
def listener_and_client(seen):
    listener = connection.Listener(authkey=b"secret", family="AF_UNIX")
    reader, writer = spawn.Pipe(duplex=False)
    address = listener.address
    process = started(ask_by_path, address, writer)
    answer(listener, 1)
    seen.say(reader.recv())
    ended(seen, process)
    seen.fails(connection.Client, address)


def serve_path(path, ready):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        ready.send(os.path.exists(path))
        ready.recv()
        server.listen()
        ready.send("listens")
        end, peer = server.accept()
        with end:
            ready.send((peer, end.getpeername(), end.getsockname() == path))
            end.sendall(end.recv(100).upper())
        ready.recv()


@scenario
def a_path_of_another_process(seen):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "socket")
        ours, its = spawn.Pipe()
        process = started(serve_path, path, its)
        its.close()
        client = socket.socket(socket.AF_UNIX)
        seen.fails(client.connect, os.path.join(folder, "none"))
        seen.say(ours.recv(), os.path.exists(path))
        seen.fails(client.connect, path)
        ours.send("listen")
        seen.say(ours.recv())
        client.connect(path)
        seen.say(client.getpeername() == path, repr(client.getsockname()))
        client.sendall(b"hello")
        seen.say(client.recv(100), client.recv(100))
        seen.say(*ours.recv())
        with socket.socket(socket.AF_UNIX) as other:
            seen.fails(other.bind, path)
        ours.send("end")
        ended(seen, process)
        with socket.socket(socket.AF_UNIX) as other:
            seen.fails(other.connect, path)
            os.unlink(path)
            seen.fails(other.connect, path)
        client.close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"you asked for {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def serve_http(ready):
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        ready.send(server.server_port)
        for _ in range(2):
            server.handle_request()


@scenario
def a_web_server_in_a_child(seen):
    ours, its = spawn.Pipe()
    process = started(serve_http, its)
    its.close()
    port = ours.recv()
    for path in ("/one", "/two?x=1"):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answered:
            seen.say(answered.status, answered.read().decode())
    ended(seen, process)
    with socket.socket() as client:
        seen.fails(client.connect, ("127.0.0.1", port))
        seen.fails(client.connect, ("127.0.0.1", port))


def take_port(port, results):
    for reuse in (False, True):
        with socket.socket() as other:
            if reuse:
                other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                other.bind(("127.0.0.1", port))
                results.send("bound")
            except OSError as error:
                results.send(errno.errorcode[error.errno])
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        results.send(other.getsockname()[1])
        results.recv()


@scenario
def ports_are_one_for_all(seen):
    ours, its = spawn.Pipe()
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        process = started(take_port, port, its)
        seen.say(ours.recv(), ours.recv())
        its_port = ours.recv()
        with socket.socket() as mine:
            seen.fails(mine.bind, ("127.0.0.1", its_port))
            seen.fails(mine.bind, ("0.0.0.0", its_port))
            mine.bind(("127.0.0.2", its_port))
            seen.say("another address")
        ours.send("end")
        ended(seen, process)
        with socket.socket() as mine:
            mine.bind(("127.0.0.1", its_port))
            seen.say("free again")


def call(port, results, family=socket.AF_INET):
    host = "::1" if family == socket.AF_INET6 else "localhost"
    with socket.create_connection((host, port)) as client:
        results.send((client.getsockname()[:2], client.getpeername()[:2]))
        client.sendall(b"from the child")
        client.shutdown(socket.SHUT_WR)
        results.send(client.recv(100))


@scenario
def who_talks_to_whom(seen):
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        ours, its = spawn.Pipe()
        with socket.create_server((host, 0), family=family) as server:
            process = started(call, server.getsockname()[1], its, family)
            end, peer = server.accept()
        with end:
            local, remote = ours.recv()
            seen.say(local == peer[:2], remote == end.getsockname()[:2], end.getpeername() == peer)
            seen.say(end.recv(100), end.recv(100))
            end.sendall(b"from the parent")
        seen.say(ours.recv())
        ended(seen, process)


def hang_up(port, how):
    client = socket.create_connection(("127.0.0.1", port))
    if how == "with data unread":
        client.recv(1)
    client.close()


@scenario
def a_connection_that_ends(seen):
    with socket.create_server(("127.0.0.1", 0)) as server:
        for how in ("in order", "with data unread"):
            process = started(hang_up, server.getsockname()[1], how)
            end, _ = server.accept()
            with end:
                end.sendall(b"some data") if how != "in order" else None
                process.join()
                seen.say(how)
                seen.fails(end.recv, 1)
                for _ in range(3):
                    seen.fails(end.send, b"x")


async def serve_lines(ready):
    done = asyncio.Event()

    async def client_connected(reader, writer):
        while line := await reader.readline():
            writer.write(line.upper())
            await writer.drain()
        writer.close()
        done.set()

    server = await asyncio.start_server(client_connected, "127.0.0.1", 0)
    ready.send(server.sockets[0].getsockname()[1])
    async with server:
        await done.wait()


def serve_asyncio(ready):
    asyncio.run(serve_lines(ready))


@scenario
def asyncio_in_both(seen):
    ours, its = spawn.Pipe()
    process = started(serve_asyncio, its)

    async def talk(port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for word in ("one", "two"):
            writer.write(f"{word}\n".encode())
            seen.say(await reader.readline())
        writer.write_eof()
        seen.say(await reader.read())
        writer.close()
        await writer.wait_closed()

    asyncio.run(talk(ours.recv()))
    ended(seen, process)


def worker(server, name):
    while True:
        end, _ = server.accept()
        with end:
            word = end.recv(100)
            if word == b"end":
                return
            end.sendall(name.encode())


@scenario
def several_accept_from_one_listener(seen):
    for family in (socket.AF_INET, socket.AF_UNIX):
        with tempfile.TemporaryDirectory() as folder:
            server = socket.socket(family)
            server.bind(("127.0.0.1", 0) if family == socket.AF_INET else os.path.join(folder, "s"))
            server.listen()
            address = server.getsockname()

            def ask(word, address=address, family=family):
                with socket.socket(family) as client:
                    client.connect(address)
                    client.sendall(word)
                    return client.recv(100)

            early = socket.socket(family)
            early.connect(address)
            workers = [started(worker, server, f"worker {n}") for n in range(2)]
            early.sendall(b"early")
            seen.say(early.recv(100) in (b"worker 0", b"worker 1"))
            early.close()
            server.close()
            seen.say({ask(b"who?") for _ in range(10)} <= {b"worker 0", b"worker 1"})
            for _ in workers:
                ask(b"end")
            ended(seen, *workers)
            with socket.socket(family) as client:
                seen.fails(client.connect, address)


def take_files(end):
    data, ancillary, _, _ = end.recvmsg(100, socket.CMSG_SPACE(8))
    fds = [fd for _, _, packed in ancillary for fd in memoryview(packed).cast("i")]
    os.write(fds[0], b"by the pipe of the parent")
    os.close(fds[0])
    with socket.socket(fileno=fds[1]) as given:
        given.sendall(b"by the socket of the parent")
    end.sendall(data)


@scenario
def descriptors_beside_bytes(seen):
    ours, its = socket.socketpair()
    process = started(take_files, its)
    its.close()
    read, write = os.pipe()
    mine, given = socket.socketpair()
    socket.send_fds(ours, [b"here"], [write, given.fileno()])
    os.close(write)
    given.close()
    with open(read, "rb") as file:
        seen.say(file.read())
    seen.say(mine.recv(100), mine.recv(100), ours.recv(100))
    ended(seen, process)


def give_handle(end):
    fd = reduction.recv_handle(end)
    with open(fd) as file:
        end.send(file.read())


@scenario
def a_handle_is_sent(seen):
    ours, its = spawn.Pipe()
    process = started(give_handle, its)
    its.close()
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("what stands in the file")
        file.flush()
        file.seek(5)
        reduction.send_handle(ours, file.fileno(), process.pid)
        seen.say(ours.recv())
    ended(seen, process)


def pass_on(end):
    other = end.recv()
    with other:
        other.send("through a connection that came through a connection")
    server = end.recv()
    with server:
        client, _ = server.accept()
        with client:
            client.sendall(b"from the listener that was sent")


@scenario
def connections_through_connections(seen):
    ours, its = spawn.Pipe()
    process = started(pass_on, its)
    its.close()
    mine, given = spawn.Pipe()
    ours.send(given)
    seen.say(mine.recv())
    given.close()
    seen.fails(mine.recv)
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours.send(server)
        with socket.create_connection(server.getsockname()) as client:
            seen.say(client.recv(100))
    ended(seen, process)


class Counter:
    def __init__(self):
        self._value = 0

    def add(self, number):
        self._value += number
        return self._value


class Manager(BaseManager):
    pass


Manager.register("Counter", Counter)


def count(counter, address):
    counter.add(5)
    remote = Manager(address=address, authkey=b"key")
    remote.connect()
    remote.Counter().add(100)


@scenario
def managers(seen):
    with Manager(authkey=b"key", ctx=spawn) as manager:
        counter = manager.Counter()
        seen.say(counter.add(1), counter.add(2))
        multiprocessing.current_process().authkey = b"key"
        process = started(count, counter, manager.address)
        ended(seen, process)
        seen.say(counter.add(0))


@scenario
def a_manager_of_everything(seen):
    with spawn.Manager() as manager:
        items, table, queue = manager.list([1, 2]), manager.dict(a=1), manager.Queue()
        space, lock = manager.Namespace(x=1), manager.Lock()
        items.append(3)
        table["b"] = 2
        queue.put("q")
        space.y = 2
        with lock:
            seen.say(items, table, queue.get(), space)
        threads = [threading.Thread(target=items.append, args=(n,)) for n in (7, 8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seen.say(sorted(items))


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
