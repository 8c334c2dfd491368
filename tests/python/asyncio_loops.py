"""Loops of several threads at once: what each watches, what wakes it, and what it is told."""

import asyncio
import os
import signal
import socket
import threading
import time

from harness import outside, together

#: asyncio asks for them at each change of a handler, and each time they are made anew, by so many
#: calls that most of a test's schedule would be spent there.
_VALID = signal.valid_signals()
signal.valid_signals = lambda: _VALID


def test_loops_talk_by_call_soon_threadsafe(seeds=200):
    """Two loops hand a number to and fro, each asleep in `select` until the other calls it."""
    loops = {}
    met = threading.Barrier(2)
    got = {"ping": [], "pong": []}

    async def player(name, other):
        loop = loops[name] = asyncio.get_running_loop()
        inbox = asyncio.Queue()
        loop.take = inbox.put_nowait
        await asyncio.to_thread(met.wait)
        if name == "ping":
            loops[other].call_soon_threadsafe(loops[other].take, 0)
        while True:
            number = await inbox.get()
            got[name].append(number)
            if number < 6:
                loops[other].call_soon_threadsafe(loops[other].take, number + 1)
            if number >= 5:
                return

    together(
        lambda: asyncio.run(player("ping", "pong")),
        lambda: asyncio.run(player("pong", "ping")),
    )
    assert got == {"pong": [0, 2, 4, 6], "ping": [1, 3, 5]}, got


def test_call_soon_threadsafe_wakes_at_once(seeds=200):
    """A loop that sleeps until a far deadline runs at once what a thread hands it."""
    woken = []

    async def main():
        loop = asyncio.get_running_loop()
        far = loop.call_later(1000, woken.append, "late")
        done = asyncio.Event()

        def call():
            time.sleep(outside.draw(3) / 1000)
            loop.call_soon_threadsafe(done.set)

        caller = threading.Thread(target=call)
        caller.start()
        begun = time.monotonic()
        await done.wait()
        assert time.monotonic() - begun < 1, time.monotonic() - begun
        far.cancel()
        caller.join()

    asyncio.run(main())
    assert woken == []


def test_readers_of_pipes_in_two_loops():
    """Each loop reads its own pipe, all that threads write to it, in order."""

    def read(base):
        r, w = os.pipe()
        os.set_blocking(r, False)
        got = bytearray()

        def write():
            for number in range(4):
                os.write(w, bytes([base + number]))
                time.sleep(outside.draw(2) / 1000)
            os.close(w)

        async def main():
            loop = asyncio.get_running_loop()
            ended = loop.create_future()

            def readable():
                data = os.read(r, 2)
                got.extend(data)
                if not data:
                    loop.remove_reader(r)
                    ended.set_result(None)

            loop.add_reader(r, readable)
            writer = threading.Thread(target=write)
            writer.start()
            await ended
            writer.join()

        asyncio.run(main())
        os.close(r)
        assert list(got) == [base + number for number in range(4)], got

    together(lambda: read(0), lambda: read(10))


def test_reader_and_writer_of_a_socket():
    """`sock_sendall` fills a connection, waits for room, and everything arrives, once."""
    size = 300_000

    async def main():
        loop = asyncio.get_running_loop()
        near, far = socket.socketpair()
        near.setblocking(False)
        got = 0

        def receive():
            nonlocal got
            while data := far.recv(1 << 16):
                got += len(data)

        receiver = threading.Thread(target=receive)
        receiver.start()
        await loop.sock_sendall(near, bytes(size))
        near.close()
        await asyncio.to_thread(receiver.join)
        far.close()
        return got

    assert asyncio.run(main()) == size


def test_server_of_one_loop_and_client_of_another(seeds=200):
    """A loop serves what the loop of another thread asks, and both end."""
    ready = threading.Event()
    address = []
    told = []

    async def answer(reader, writer):
        writer.write((await reader.readline()).upper())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def serve(clients):
        answered = asyncio.Event()
        count = 0

        async def count_one(reader, writer):
            nonlocal count
            await answer(reader, writer)
            count += 1
            if count == clients:
                answered.set()

        async with await asyncio.start_server(count_one, "127.0.0.1", 0) as server:
            address.append(server.sockets[0].getsockname())
            ready.set()
            await answered.wait()

    async def ask(number):
        reader, writer = await asyncio.open_connection(*address[0])
        writer.write(b"line %d\n" % number)
        told.append(await reader.read())
        writer.close()
        await writer.wait_closed()

    async def ask_all(base):
        await asyncio.to_thread(ready.wait)
        async with asyncio.TaskGroup() as group:
            for number in (base, base + 1):
                group.create_task(ask(number))

    together(
        lambda: asyncio.run(serve(4)),
        lambda: asyncio.run(ask_all(0)),
        lambda: asyncio.run(ask_all(2)),
    )
    assert sorted(told) == [b"LINE %d\n" % number for number in range(4)], told


def test_signal_handler_of_a_loop():
    """A loop's handler runs in the loop, once for a signal, whether the loop sleeps or works."""
    rung = []

    async def main():
        loop = asyncio.get_running_loop()
        heard = asyncio.Event()

        def handler(word):
            assert asyncio.get_running_loop() is loop
            rung.append(word)
            heard.set()

        loop.add_signal_handler(signal.SIGUSR1, handler, "rung")
        outside.signal(signal.SIGUSR1, outside.draw(300) + 1)
        helper = asyncio.create_task(asyncio.to_thread(time.sleep, 0.01))
        while not heard.is_set():
            await asyncio.sleep(0.001)
        await helper
        assert loop.remove_signal_handler(signal.SIGUSR1)

    asyncio.run(main())
    assert rung == ["rung"], rung


def test_signal_of_a_thread_wakes_the_loop():
    """`pthread_kill` by another thread wakes the main thread's loop out of its `select`."""

    async def main():
        loop = asyncio.get_running_loop()
        heard = loop.create_future()
        loop.add_signal_handler(signal.SIGUSR2, heard.set_result, None)
        main_thread = threading.get_ident()

        def send():
            time.sleep(outside.draw(3) / 1000)
            signal.pthread_kill(main_thread, signal.SIGUSR2)

        sender = threading.Thread(target=send)
        sender.start()
        async with asyncio.timeout(100):
            await heard
        loop.remove_signal_handler(signal.SIGUSR2)
        sender.join()

    asyncio.run(main())


def test_cancellation_from_another_thread():
    """A task that another thread's loop cancels ends once, with its `finally`."""
    ended = []

    async def main():
        loop = asyncio.get_running_loop()
        started = threading.Event()

        async def work():
            try:
                started.set()
                await asyncio.sleep(1000)
            finally:
                ended.append("finally")

        task = asyncio.create_task(work())

        async def cancel():
            await asyncio.to_thread(started.wait)
            loop.call_soon_threadsafe(task.cancel)

        canceller = threading.Thread(target=lambda: asyncio.run(cancel()))
        canceller.start()
        try:
            await task
        except asyncio.CancelledError:
            ended.append("cancelled")
        await asyncio.to_thread(canceller.join)

    asyncio.run(main())
    assert ended == ["finally", "cancelled"], ended


def test_slow_steps_are_told_in_debug_mode():
    """Debug mode tells of a step that took long by the wall clock, and of no other."""
    told = []

    async def main():
        loop = asyncio.get_running_loop()
        loop.slow_callback_duration = 1

        async def slow():
            time.sleep(2)

        async def quick():
            time.sleep(0.5)

        await asyncio.create_task(slow(), name="slow")
        await asyncio.create_task(quick(), name="quick")

    import logging

    class Keep(logging.Handler):
        def emit(self, record):
            told.append(record.getMessage())

    handler = Keep()
    logger = logging.getLogger("asyncio")
    logger.addHandler(handler)
    try:
        asyncio.run(main(), debug=True)
    finally:
        logger.removeHandler(handler)
    slow = [each for each in told if each.startswith("Executing")]
    assert len(slow) == 1 and "name='slow'" in slow[0] and " took 2." in slow[0], told
