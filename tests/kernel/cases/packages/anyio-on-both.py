"""The same program on asyncio and on trio."""
# expect: ['asyncio', 3, True, 'MainThread'] ['trio', 3, True, 'MainThread']
# in: program

import threading

import anyio
import anyio.from_thread
import anyio.to_thread
import sniffio


def where():
    return anyio.from_thread.run_sync(lambda: threading.current_thread().name)


async def main():
    got = []

    async def produce(stream):
        async with stream:
            for number in range(3):
                await stream.send(number)

    send, receive = anyio.create_memory_object_stream(0)
    async with anyio.create_task_group() as group:
        group.start_soon(produce, send)
        async with receive:
            async for number in receive:
                got.append(number)
    with anyio.move_on_after(0.01) as scope:
        await anyio.sleep_forever()
    backend = anyio.get_current_task().name and sniffio.current_async_library()
    return [backend, len(got), scope.cancelled_caught, await anyio.to_thread.run_sync(where)]


print(anyio.run(main), anyio.run(main, backend="trio"))
