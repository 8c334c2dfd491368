"""A deadline ends what waits; a shield keeps it; a mock clock makes an hour pass at once."""
# expect: True False 3600.0

import trio
import trio.testing


async def main():
    with trio.move_on_after(0.02) as outer:
        with trio.CancelScope(shield=True) as inner:
            await trio.sleep(0.05)
        await trio.sleep(5)
    return outer.cancelled_caught, inner.cancelled_caught


async def hour():
    start = trio.current_time()
    await trio.sleep(3600)
    return trio.current_time() - start


print(*trio.run(main), trio.run(hour, clock=trio.testing.MockClock(autojump_threshold=0)))
