/**
 * gevent and trio, each with a server and its clients in one small program, in each browser. Left out where the builder's
 * machine could not get the packages.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import type { Driver } from '../../src/recorder/driver/contract.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';

const programs = [
  {
    name: 'gevent',
    source: `
import gevent
from gevent import socket
from gevent.server import StreamServer

def serve(connection, address):
    for line in connection.makefile("rb"):
        connection.sendall(line.upper())

def ask(number):
    with socket.create_connection(server.address) as client:
        for turn in range(3):
            client.sendall(b"%d-%d from\\n" % (number, turn))
            assert client.recv(100) == b"%d-%d FROM\\n" % (number, turn)
    return number

server = StreamServer(("127.0.0.1", 0), serve)
server.start()
asking = [gevent.spawn(ask, number) for number in range(10)]
gevent.joinall(asking, raise_error=True)
server.stop()
print(sum(each.value for each in asking))`,
  },
  {
    name: 'trio',
    source: `
import trio

async def serve(stream):
    async for data in stream:
        await stream.send_all(data.upper())

async def main():
    answered = 0
    async def ask(port, number):
        nonlocal answered
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            for turn in range(3):
                await stream.send_all(b"%d-%d from" % (number, turn))
                assert await stream.receive_some() == b"%d-%d FROM" % (number, turn)
        answered += number
    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(trio.serve_tcp, serve, 0)
        async with trio.open_nursery() as clients:
            for number in range(10):
                clients.start_soon(ask, listeners[0].socket.getsockname()[1], number)
        nursery.cancel_scope.cancel()
    print(answered)

trio.run(main)`,
  },
] as const;

const here = (await wheels()).size > 0;

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  const missing = findBrowser(browser) === undefined;
  if (missing) console.warn(`Skipped: there is no ${browser}.`);

  describe.skipIf(missing || !here)('a server and ten clients', () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await openDriver({ browser });
    });
    afterAll(() => driver[Symbol.asyncDispose]());

    it.each(programs)('of $name', async ({ source }) => {
      const request = { mode: 'script', source, filename: 'server.py', argv: [], clock: 1 } as const;
      const { events, end } = await driver.run(request, { timeoutSeconds: 250 });
      const said = events.flatMap((event) => {
        if (event.type === 'error') return [event.traceback];
        return event.type === 'stdout' || event.type === 'stderr' ? [event.text] : [];
      });
      expect({ outcome: end.outcome, said: said.join('') }).toEqual({ outcome: 'ok', said: '45\n' });
    });
  });
});
