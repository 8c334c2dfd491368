/** `net=` of a cell reaches the network that its program uses, and only for that run. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

/** Prints whether the network has conditions, whether a question and its answer took 0.1 s at least, and the answer. */
const ask = `
import socket, threading, time

listener = socket.create_server(("127.0.0.1", 0))

def answer():
    try:
        connection, _ = listener.accept()
        with connection:
            while data := connection.recv(65536):
                connection.sendall(data.upper())
    except ConnectionResetError:
        pass

thread = threading.Thread(target=answer)
thread.start()
with socket.create_connection(listener.getsockname()) as client:
    began = time.monotonic()
    client.sendall(b"hello")
    try:
        heard = client.recv(100)
    except ConnectionResetError as error:
        heard = error.strerror
    took = time.monotonic() - began
thread.join()
listener.close()
`;

it.each(['notebook', 'script'] as const)('a latency holds for a run of a %s', async (mode) => {
  const { stdout } = await kernel.run(`${ask}\nprint(took >= 0.1, heard)`, { mode, net: { latency: 0.05 } });
  expect(stdout).toBe("True b'HELLO'\n");
});

it('the next run of a notebook has a perfect network again', async () => {
  // Not by the clock: a segment that has arrived when `send` returns can be read without waiting.
  const source = `
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    client = socket.create_connection(listener.getsockname())
    server, _ = listener.accept()
with client, server:
    client.sendall(b"now")
    server.setblocking(False)
    try:
        print(server.recv(10))
    except BlockingIOError:
        print("later")
`;
  expect((await kernel.run(source, { net: { latency: 0.05 } })).stdout).toBe('later\n');
  expect((await kernel.run(source)).stdout).toBe("b'now'\n");
});

it('a bandwidth bounds how fast bytes come, and losses cost time and no byte', async () => {
  const { stdout } = await kernel.run(
    `
import asyncio, time

async def serve(reader, writer):
    writer.write(await reader.readexactly(50_000))
    await writer.drain()
    writer.close()

server = await asyncio.start_server(serve, "127.0.0.1", 0)
reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
data = bytes(range(250)) * 200
began = time.monotonic()
writer.write(data)
print(await reader.readexactly(len(data)) == data, time.monotonic() - began >= 0.4)
writer.close()
server.close()
`,
    { net: { bandwidth: 250_000, loss: 0.2, seed: 3 } },
  );
  expect(stdout).toBe('True True\n');
});

it('resets reach the program as Linux tells them', async () => {
  const { stdout } = await kernel.run(`${ask}\nprint(heard)`, { mode: 'script', net: { resets: 1 } });
  expect(stdout).toBe('Connection reset by peer\n');
});
