/** Servers that one cell starts, the next one asks, and a third one ends: one page, several cells, in each browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import type { Driver } from '../../src/recorder/driver/contract.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';

interface Server {
  readonly name: string;
  readonly start: string;
  /** Asks it twice, and prints what it says. */
  readonly ask: string;
  readonly says: string;
  readonly end: string;
}

const servers: readonly Server[] = [
  {
    name: 'a threaded echo server',
    start: `
import socket, threading
listener = socket.create_server(("127.0.0.1", 0))
def serve(connection):
    with connection:
        while data := connection.recv(1024):
            connection.sendall(data.upper())
def listen():
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=serve, args=(connection,)).start()
listening = threading.Thread(target=listen)
listening.start()`,
    ask: `
clients = [socket.create_connection(listener.getsockname()) for _ in range(2)]
for n, client in enumerate(clients):
    client.sendall(b"line %d" % n)
print([client.recv(100) for client in clients])`,
    says: "[b'LINE 0', b'LINE 1']\n",
    end: `
for client in clients: client.close()
address = listener.getsockname()
listener.shutdown(socket.SHUT_RDWR)
listener.close()
listening.join()
try: socket.create_connection(address)
except ConnectionRefusedError: print("closed")`,
  },
  {
    name: 'socketserver',
    start: `
import socket, socketserver, threading
class Upper(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Upper)
listening = threading.Thread(target=server.serve_forever)
listening.start()`,
    ask: `
for n in range(2):
    with socket.create_connection(server.server_address) as client, client.makefile("rwb") as file:
        file.write(b"line %d\\n" % n)
        file.flush()
        print(file.readline())`,
    says: "b'LINE 0\\n'\nb'LINE 1\\n'\n",
    end: 'server.shutdown(); server.server_close(); listening.join(); print("closed")',
  },
  {
    name: 'http.server, asked by http.client and urllib',
    start: `
import http.client, http.server, threading, urllib.error, urllib.request
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path == "/none":
            self.send_error(404)
            return
        self.answer(f"got {self.path}")
    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode()[::-1])
    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())
    def log_message(self, *args): pass
server = http.server.ThreadingHTTPServer(("localhost", 0), Handler)
listening = threading.Thread(target=server.serve_forever)
listening.start()`,
    ask: `
connection = http.client.HTTPConnection("localhost", server.server_port)
for n in range(2):
    connection.request("GET", f"/{n}")
    answer = connection.getresponse()
    print(answer.status, answer.read())
connection.close()
address = f"http://localhost:{server.server_port}"
with urllib.request.urlopen(address, data=b"abc") as answer: print(answer.status, answer.read())
try: urllib.request.urlopen(address + "/none")
except urllib.error.HTTPError as error: print(error.code, error.reason)
else: print("found")`,
    says: "200 b'got /0'\n200 b'got /1'\n200 b'cba'\n404 Not Found\n",
    end: 'error = None; server.shutdown(); server.server_close(); listening.join(); print("closed")',
  },
  {
    name: 'asyncio streams',
    start: `
import asyncio
async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()
server = await asyncio.start_server(serve, "127.0.0.1", 0)
address = server.sockets[0].getsockname()`,
    ask: `
for n in range(2):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(b"line %d\\n" % n)
    print(await reader.readline())
    writer.close()
    await writer.wait_closed()
def from_a_thread():
    import socket
    with socket.create_connection(address) as client:
        client.sendall(b"thread\\n")
        return client.recv(100)
print(await asyncio.to_thread(from_a_thread), server.is_serving())`,
    says: "b'LINE 0\\n'\nb'LINE 1\\n'\nb'THREAD\\n' True\n",
    end: `
server.close()
await server.wait_closed()
try: await asyncio.open_connection(*address)
except ConnectionRefusedError: print("closed")`,
  },
  {
    name: 'asyncio streams at a path (AF_UNIX)',
    start: `
import asyncio
async def serve(reader, writer):
    writer.write((await reader.read()).upper())
    writer.write_eof()
server = await asyncio.start_unix_server(serve, "/tmp/cell.sock")`,
    ask: `
for n in range(2):
    reader, writer = await asyncio.open_unix_connection("/tmp/cell.sock")
    writer.write(b"line %d" % n)
    writer.write_eof()
    print(await reader.read())
    writer.close()`,
    says: "b'LINE 0'\nb'LINE 1'\n",
    end: `
server.close()
await server.wait_closed()
try: await asyncio.open_unix_connection("/tmp/cell.sock")
except FileNotFoundError: print("closed")`,
  },
  {
    name: 'datagrams of asyncio',
    start: `
import asyncio
class Upper(asyncio.DatagramProtocol):
    def connection_made(self, transport): self.transport = transport
    def datagram_received(self, data, address): self.transport.sendto(data.upper(), address)
class Ask(asyncio.DatagramProtocol):
    def __init__(self): self.answers = asyncio.Queue()
    def datagram_received(self, data, address): self.answers.put_nowait(data)
loop = asyncio.get_running_loop()
server, _ = await loop.create_datagram_endpoint(Upper, local_addr=("127.0.0.1", 0))`,
    ask: `
client, protocol = await loop.create_datagram_endpoint(Ask, remote_addr=server.get_extra_info("sockname"))
for n in range(2): client.sendto(b"line %d" % n)
print([await protocol.answers.get() for _ in range(2)])`,
    says: "[b'LINE 0', b'LINE 1']\n",
    end: 'client.close(); server.close(); await asyncio.sleep(0); print("closed")',
  },
  {
    name: 'xmlrpc',
    start: `
import threading, xmlrpc.client, xmlrpc.server
server = xmlrpc.server.SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False)
server.register_function(lambda a, b: a + b, "add")
server.register_function(lambda a, b: a // b, "divide")
listening = threading.Thread(target=server.serve_forever)
listening.start()`,
    ask: `
with xmlrpc.client.ServerProxy("http://127.0.0.1:%d" % server.server_address[1]) as proxy:
    print(proxy.add(2, 3), proxy.add("a", "b"))
    try: proxy.divide(1, 0)
    except xmlrpc.client.Fault as fault: print(fault.faultString)`,
    says: "5 ab\n<class 'ZeroDivisionError'>:division by zero\n",
    end: 'server.shutdown(); server.server_close(); listening.join(); print("closed")',
  },
  {
    name: 'wsgiref',
    start: `
import threading, urllib.request
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator
class Quiet(WSGIRequestHandler):
    def log_message(self, *args): pass
@validator
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [(environ["PATH_INFO"] + "?" + environ["QUERY_STRING"]).encode()]
server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
listening = threading.Thread(target=server.serve_forever)
listening.start()`,
    ask: `
for n in range(2):
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/page?n={n}") as answer:
        print(answer.headers["Content-Type"], answer.read())`,
    says: "text/plain b'/page?n=0'\ntext/plain b'/page?n=1'\n",
    end: 'server.shutdown(); server.server_close(); listening.join(); print("closed")',
  },
];

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  const missing = findBrowser(browser) === undefined;
  if (missing) console.warn(`Skipped: there is no ${browser}.`);

  describe.skipIf(missing)('a cell starts, the next asks, the third ends', () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await openDriver({ browser });
    });
    afterAll(() => driver[Symbol.asyncDispose]());

    async function cell(namespace: string, source: string) {
      const request = { mode: 'notebook', source, filename: 'cell.py', namespace, clock: 1 } as const;
      const { events, end } = await driver.run(request, { timeoutSeconds: 100 });
      const texts = (type: 'stdout' | 'stderr') =>
        events.flatMap((event) => (event.type === type ? [event.text] : [])).join('');
      const errors = events.flatMap((event) => (event.type === 'error' ? [event.traceback] : []));
      return { outcome: end.outcome, stdout: texts('stdout'), stderr: texts('stderr'), errors };
    }

    it.each(servers)('$name', async ({ name, start, ask, says, end }) => {
      const quiet = { outcome: 'ok', stderr: '', errors: [] };
      expect(await cell(name, start)).toEqual({ ...quiet, stdout: '' });
      expect(await cell(name, ask)).toEqual({ ...quiet, stdout: says });
      expect(await cell(name, end)).toEqual({ ...quiet, stdout: 'closed\n' });
    });
  });
});
