"""`echo.py KIND CLIENTS`: one process serves an echo to many clients of its own over 127.0.0.1.

Runs in the readers' kernel and in native CPython alike. Prints a line of JSON for each figure.

Invariant: no client sends its first request before all of them are connected, and every answer is
compared with what was sent; the time of the requests begins when the gate opens.
"""

import importlib
import json
import sys
import time

MESSAGE = b"0123456789abcdef" * 4
HOST = "127.0.0.1"
#: Linux has 4096 by default (net.core.somaxconn); a client beyond waits until there is room.
BACKLOG = 4096


def memory():
    """Bytes: natively the peak of the process, in the kernel all of the interpreter's memory.

    The browser's part of suspended stacks is not in it.
    """
    if sys.platform == "emscripten":
        import pyodide_js

        return pyodide_js._module.HEAPU8.length
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Course:
    """How far the clients are: all connected, all served."""

    def __init__(self, clients):
        self.clients = clients
        self.rounds = max(2, 3000 // clients)
        self.connected = self.served = 0
        self.before = memory()
        self.began = time.perf_counter()
        self.opened = self.ended = 0.0

    def arrive(self):
        """True for the client that was the last to be connected."""
        self.connected += 1
        if self.connected < self.clients:
            return False
        self.opened = time.perf_counter()
        return True

    def check(self, answer):
        assert answer == MESSAGE, answer

    def leave(self):
        """True for the client that was the last to be served."""
        self.served += 1
        if self.served < self.clients:
            return False
        self.ended = time.perf_counter()
        return True

    def figures(self):
        """Name, value and unit of each."""
        assert self.served == self.clients
        requests = self.clients * self.rounds
        yield "requests", requests / (self.ended - self.opened), "/s"
        yield "time of one request", (self.ended - self.opened) / requests * 1e6, "µs"
        yield "time to connect one client", (self.opened - self.began) / self.clients * 1e6, "µs"
        yield "memory that all clients took", (memory() - self.before) / 2**20, "MiB"


def threads(course):
    import socket
    import threading

    lock, gate = threading.Lock(), threading.Event()
    server = socket.create_server((HOST, 0), backlog=BACKLOG)

    def answer(connection):
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)

    def serve():
        for _ in range(course.clients):
            connection, _ = server.accept()
            threading.Thread(target=answer, args=(connection,)).start()

    def ask():
        with socket.create_connection(server.getsockname()) as connection:
            with lock:
                last = course.arrive()
            if last:
                gate.set()
            gate.wait()
            for _ in range(course.rounds):
                connection.sendall(MESSAGE)
                data = b""
                while len(data) < len(MESSAGE):
                    data += connection.recv(4096)
                course.check(data)
            with lock:
                course.leave()

    serving = threading.Thread(target=serve)
    serving.start()
    asking = [threading.Thread(target=ask) for _ in range(course.clients)]
    for thread in asking:
        thread.start()
    for thread in [*asking, serving]:
        thread.join()
    server.close()


def asyncio(course):
    import asyncio

    async def answer(reader, writer):
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def main():
        gate = asyncio.Event()
        server = await asyncio.start_server(answer, HOST, 0, backlog=BACKLOG)
        port = server.sockets[0].getsockname()[1]

        async def ask():
            reader, writer = await asyncio.open_connection(HOST, port)
            if course.arrive():
                gate.set()
            await gate.wait()
            for _ in range(course.rounds):
                writer.write(MESSAGE)
                await writer.drain()
                course.check(await reader.readexactly(len(MESSAGE)))
            course.leave()
            writer.close()

        async with server, asyncio.TaskGroup() as group:
            for _ in range(course.clients):
                group.create_task(ask())

    asyncio.run(main())


def gevent(course):
    import gevent
    from gevent import socket
    from gevent.event import Event
    from gevent.server import StreamServer

    gate = Event()

    def answer(connection, _address):
        while data := connection.recv(4096):
            connection.sendall(data)

    server = StreamServer((HOST, 0), answer, backlog=BACKLOG)
    server.start()

    def ask():
        with socket.create_connection((HOST, server.server_port)) as connection:
            if course.arrive():
                gate.set()
            gate.wait()
            for _ in range(course.rounds):
                connection.sendall(MESSAGE)
                data = b""
                while len(data) < len(MESSAGE):
                    data += connection.recv(4096)
                course.check(data)
            course.leave()

    gevent.joinall([gevent.spawn(ask) for _ in range(course.clients)], raise_error=True)
    server.stop()


def trio(course):
    import trio

    async def answer(stream):
        async for data in stream:
            await stream.send_all(data)

    async def main():
        gate = trio.Event()

        async def listen(task_status):
            await trio.serve_tcp(answer, 0, host=HOST, backlog=BACKLOG, task_status=task_status)

        async with trio.open_nursery() as serving:
            listeners = await serving.start(listen)
            port = listeners[0].socket.getsockname()[1]

            async def ask():
                stream = await trio.open_tcp_stream(HOST, port)
                async with stream:
                    if course.arrive():
                        gate.set()
                    await gate.wait()
                    for _ in range(course.rounds):
                        await stream.send_all(MESSAGE)
                        data = b""
                        while len(data) < len(MESSAGE):
                            data += await stream.receive_some(4096)
                        course.check(data)
                    course.leave()

            async with trio.open_nursery() as asking:
                for _ in range(course.clients):
                    asking.start_soon(ask)
            serving.cancel_scope.cancel()

    trio.run(main)


def main(kind, clients):
    run = {"threads": threads, "asyncio": asyncio, "gevent": gevent, "trio": trio}[kind]
    if kind != "threads":
        # Not timed, nor is a module that it would import when it is first used.
        importlib.import_module("gevent.server" if kind == "gevent" else kind)
    course = Course(clients)
    run(course)
    for name, value, unit in course.figures():
        print("@@" + json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


main(sys.argv[1], int(sys.argv[2]))
