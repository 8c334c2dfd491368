"""Tasks of a nursery talk over a channel; an error in one cancels the others."""
# expect: [0, 1, 2] ['stopped'] ExceptionGroup('Exceptions from Trio nursery', [ValueError('x')])

import trio

stopped = []


async def produce(channel):
    async with channel:
        for number in range(3):
            await channel.send(number)


async def wait():
    try:
        await trio.sleep_forever()
    finally:
        stopped.append("stopped")


async def fail():
    await trio.sleep(0.01)
    raise ValueError("x")


async def main():
    send, receive = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(produce, send)
        got = [number async for number in receive]
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait)
            nursery.start_soon(fail)
    except* ValueError as error:
        print(got, stopped, repr(error))


trio.run(main)
