"""asyncio's loops among threads: what crosses from one to the other arrives, and in time."""

import asyncio
import threading
import time

from harness import outside, together


def test_call_soon_threadsafe():
    """What threads hand to a loop is called, all of it, in the order of each thread."""
    got = []

    async def main():
        loop = asyncio.get_running_loop()
        done = asyncio.Event()

        def hand_over(base):
            for number in range(base, base + 3):
                loop.call_soon_threadsafe(take, number)

        def take(number):
            got.append(number)
            if len(got) == 6:
                done.set()

        threads = [threading.Thread(target=hand_over, args=(base,)) for base in (0, 10)]
        for each in threads:
            each.start()
        await done.wait()
        for each in threads:
            each.join()

    asyncio.run(main())
    assert [each for each in got if each < 10] == [0, 1, 2], got
    assert [each for each in got if each >= 10] == [10, 11, 12], got


def test_to_thread():
    """`to_thread` lets the loop go on, and its threads run side by side."""

    def work(seconds):
        time.sleep(seconds)
        return threading.get_ident()

    async def main():
        ticks = 0

        async def tick():
            nonlocal ticks
            while True:
                await asyncio.sleep(0.1)
                ticks += 1

        ticking = asyncio.create_task(tick())
        begun = time.monotonic()
        idents = await asyncio.gather(*(asyncio.to_thread(work, 1) for _ in range(2)))
        assert 1 <= time.monotonic() - begun < 1.9, time.monotonic() - begun
        assert ticks >= 8, ticks
        assert threading.get_ident() not in idents
        ticking.cancel()

    asyncio.run(main())


def test_run_coroutine_threadsafe():
    """A thread waits for a coroutine that another thread's loop runs."""
    results = []

    async def double(number):
        await asyncio.sleep(outside.draw(3) / 1000)
        return 2 * number

    async def main():
        loop = asyncio.get_running_loop()

        def ask(number):
            future = asyncio.run_coroutine_threadsafe(double(number), loop)
            results.append(future.result(timeout=10))

        await asyncio.gather(*(asyncio.to_thread(ask, number) for number in range(3)))

    asyncio.run(main())
    assert sorted(results) == [0, 2, 4], results


def test_loops_of_two_threads():
    """Each thread has its own loop, and knows no other."""
    slept = []

    async def main(name, seconds):
        await asyncio.sleep(seconds)
        slept.append(name)
        return asyncio.get_running_loop()

    loops = []
    together(
        lambda: loops.append(asyncio.run(main("late", 2))),
        lambda: loops.append(asyncio.run(main("soon", 1))),
    )
    assert slept == ["soon", "late"], slept
    assert loops[0] is not loops[1]
    assert asyncio._get_running_loop() is None


def test_timeout():
    """`asyncio.timeout` ends a wait for what a thread never gives, in its time."""

    async def main():
        stop = threading.Event()
        begun = time.monotonic()
        waiting = asyncio.create_task(asyncio.to_thread(stop.wait))
        try:
            async with asyncio.timeout(3):
                await asyncio.shield(waiting)
        except TimeoutError:
            assert 3 <= time.monotonic() - begun < 3.9
        else:
            raise AssertionError("no timeout")
        stop.set()
        assert await waiting is True

    asyncio.run(main())
