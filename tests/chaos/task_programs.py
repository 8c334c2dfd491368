"""Programs of asyncio, each in a loop of its own in a thread: streams, queues, cancellation.

Invariant: each takes a round, starts its threads through it, and returns what checks the outcome
once they have ended; what is random is decided before the first thread starts. Every task has
finished or is cancelled when its loop ends.
"""

import asyncio
import threading
import time


async def wait_turns(turns):
    for _ in range(turns):
        await asyncio.sleep(0)


async def no_task_is_left():
    """Raises if the loop has a task but this one."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        raise AssertionError(f"tasks are left: {left}")


def task_streams(play):
    """A server of asyncio and clients, some of which are cancelled half-way."""
    clients = play.random.randint(1, 8)
    lines = play.random.randint(1, 30)
    #: After how many turns of the loop a client is cancelled.
    ends = [play.random.choice((None, play.random.randint(0, 60))) for _ in range(clients)]
    finished, cancelled, handled = [], [], []
    begun = 0

    async def handle(reader, writer):
        nonlocal begun
        begun += 1
        try:
            while line := await reader.readline():
                writer.write(line)
                await writer.drain()
        except ConnectionResetError:
            pass
        finally:
            writer.close()
            handled.append(1)

    async def client(number, address):
        try:
            reader, writer = await asyncio.open_connection(*address)
            try:
                for line in range(lines):
                    sent = b"%d %d " % (number, line) + b"x" * (line * 40) + b"\n"
                    writer.write(sent)
                    await writer.drain()
                    got = await reader.readline()
                    if got != sent:
                        raise AssertionError(f"{sent!r} was sent, {got!r} came")
                writer.write_eof()
                if rest := await reader.read():
                    raise AssertionError(f"{rest!r} came after the end")
                finished.append(number)
            finally:
                writer.close()
        except asyncio.CancelledError:
            cancelled.append(number)
            raise

    async def end(task, turns):
        await wait_turns(turns)
        task.cancel()

    async def main():
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        address = server.sockets[0].getsockname()
        async with asyncio.TaskGroup() as group:
            for number in range(clients):
                task = group.create_task(client(number, address))
                if ends[number] is not None:
                    group.create_task(end(task, ends[number]))
        server.close()
        # It returns when every connection that the server accepted has ended.
        await server.wait_closed()
        # A handler of a connection that has ended may have turns to go.
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others)
        await no_task_is_left()

    play.start(lambda: asyncio.run(main()))

    def check():
        # A client that is cancelled before its first turn is neither.
        play.expect("no client in two states", set(), set(finished) & set(cancelled))
        never = {number for number in range(clients) if ends[number] is None}
        play.expect("finished", set(), never - set(finished))
        play.expect("handled", begun, len(handled))

    return check


def task_queues(play):
    """Producers and consumers over a small queue; then the consumers are cancelled."""
    producers, consumers = play.random.randint(1, 4), play.random.randint(1, 4)
    items = play.random.randint(1, 40)
    room = play.random.randint(1, 3)
    impatient = play.random.random() < 0.5
    got, cancelled = [], []
    finalized = 0

    async def produce(queue, number):
        for item in range(items):
            await queue.put((number, item))

    async def consume(queue):
        nonlocal finalized
        try:
            while True:
                if impatient:
                    try:
                        async with asyncio.timeout(0.001):
                            item = await queue.get()
                    except TimeoutError:
                        continue
                else:
                    item = await queue.get()
                got.append(item)
                queue.task_done()
        except asyncio.CancelledError:
            cancelled.append(1)
            raise
        finally:
            finalized += 1

    async def main():
        queue = asyncio.Queue(room)
        consuming = [asyncio.create_task(consume(queue)) for _ in range(consumers)]
        async with asyncio.TaskGroup() as group:
            for number in range(producers):
                group.create_task(produce(queue, number))
        await queue.join()
        for task in consuming:
            task.cancel()
        await asyncio.gather(*consuming, return_exceptions=True)
        play.expect("cancelled", [True] * consumers, [task.cancelled() for task in consuming])
        await no_task_is_left()

    play.start(lambda: asyncio.run(main()))

    def check():
        wanted = [(number, item) for number in range(producers) for item in range(items)]
        play.expect("items", wanted, sorted(got))
        play.expect("consumers ended", consumers, finalized)
        play.expect("consumers cancelled", consumers, len(cancelled))

    return check


def tasks_and_threads(play):
    """Threads hand calls and coroutines to a loop, whose tasks hand work to threads."""
    threads, calls = play.random.randint(1, 4), play.random.randint(1, 30)
    works = play.random.randint(1, 6)
    order, doubled = [], []

    async def double(number):
        await asyncio.sleep(0)
        return 2 * number

    async def main():
        loop, over = asyncio.get_running_loop(), asyncio.Event()

        def take(item):
            order.append(item)
            if len(order) == threads * calls:
                over.set()

        def outside(number):
            for call in range(calls):
                loop.call_soon_threadsafe(take, (number, call))
            asked = asyncio.run_coroutine_threadsafe(double(number), loop)
            doubled.append(asked.result(timeout=20))

        async with asyncio.TaskGroup() as group:
            for number in range(threads):
                group.create_task(asyncio.to_thread(outside, number))
            idents = [
                group.create_task(asyncio.to_thread(threading.get_ident)) for _ in range(works)
            ]
            await over.wait()
        if threading.get_ident() in [task.result() for task in idents]:
            raise AssertionError("work for a thread ran in the loop's own")
        await no_task_is_left()

    play.start(lambda: asyncio.run(main()))

    def check():
        for number in range(threads):
            mine = [call for thread, call in order if thread == number]
            play.expect(f"calls of {number}", list(range(calls)), mine)
        play.expect("doubled", [2 * number for number in range(threads)], sorted(doubled))

    return check


def cancelled_trees(play):
    """Task groups in task groups, cancelled from another thread: every task sees its end."""
    depth, width = play.random.randint(1, 4), play.random.randint(1, 3)
    delay = play.random.uniform(0, 0.003)
    shielding = play.random.random() < 0.3
    begun = ended = 0
    outcome = []

    async def node(level):
        nonlocal begun, ended
        begun += 1
        try:
            if level == depth:
                while True:
                    await asyncio.sleep(0.0005)
            async with asyncio.TaskGroup() as group:
                for _ in range(width):
                    group.create_task(node(level + 1))
        finally:
            if shielding:
                await wait_turns(3)
            ended += 1

    async def main(given):
        given(asyncio.get_running_loop(), asyncio.current_task())
        await node(0)

    ready = threading.Event()
    running = []

    def given(*loop_and_task):
        running.extend(loop_and_task)
        ready.set()

    def run():
        try:
            asyncio.run(main(given))
        except asyncio.CancelledError:
            outcome.append("cancelled")

    def canceller():
        ready.wait()
        time.sleep(delay)
        loop, task = running
        loop.call_soon_threadsafe(task.cancel)

    play.start(run)
    play.start(canceller)

    def check():
        running.clear()
        play.expect("outcome", ["cancelled"], outcome)
        play.expect("ended", begun, ended)

    return check


PROGRAMS = (task_streams, task_queues, tasks_and_threads, cancelled_trees)
