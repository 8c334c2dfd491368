"""A server and ten clients in one run, over the loopback network; a pipe beside them."""
# expect: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] b'pipe'

import os

import trio


async def echo(stream):
    async for data in stream:
        await stream.send_all(data)


async def main():
    answers = []

    async def ask(port, number):
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            await stream.send_all(str(number).encode())
            answers.append((await stream.receive_some()).decode())

    reader, writer = os.pipe()
    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(trio.serve_tcp, echo, 0)
        port = listeners[0].socket.getsockname()[1]
        async with trio.open_nursery() as clients:
            for number in range(10):
                clients.start_soon(ask, port, number)
        nursery.cancel_scope.cancel()
    async with trio.lowlevel.FdStream(writer) as out, trio.lowlevel.FdStream(reader) as into:
        await out.send_all(b"pipe")
        print(sorted(answers), await into.receive_some())


trio.run(main)
