/** A program listens: the bar under its cell, requests and lines that a reader sends to it, and what comes back. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let open: CellPage;
beforeAll(async () => {
  // With the page's own policy, which a picture is under: so axe is no script of the page, but evaluated.
  open = await openChapter('what-python-executes/');
  await open.page.evaluate(axe);
});
afterAll(() => open[Symbol.asyncDispose]());

const bar = (id: string) => open.cell(id).locator('.cell-ports');
const words = (id: string) => bar(id).locator('.port-words');
const answer = (id: string) => bar(id).locator('.port-answer');
const button = (id: string, name: string) => open.cell(id).getByRole('button', { name, exact: true });
const field = (id: string, label: string) => bar(id).getByLabel(label, { exact: true });

async function openPanel(id: string): Promise<void> {
  await words(id).waitFor();
  await button(id, 'Send a request').click();
}

const pages = `
import asyncio

page = b"<h1>Hello</h1><script>parent.document.title = 'stolen'</script><img src='/stolen.png'>"

async def serve(reader, writer):
    request = (await reader.readuntil(b"\\r\\n\\r\\n")).decode()
    method, path, version = request.splitlines()[0].split()
    length = [line for line in request.splitlines() if line.lower().startswith("content-length")]
    body = await reader.readexactly(int(length[0].split(":")[1])) if length else b""
    if path == "/page":
        answer = page
        kind = "text/html"
    else:
        answer = f"{method} {path} {body.decode()}".encode()
        kind = "text/plain; charset=utf-8"
    status = "404 Not Found" if path == "/missing" else "200 OK"
    head = f"HTTP/1.1 {status}\\r\\nContent-Type: {kind}\\r\\nContent-Length: {len(answer)}\\r\\n\\r\\n"
    writer.write(head.encode() + answer)
    await writer.drain()
    writer.close()

server = await asyncio.start_server(serve, "127.0.0.1", 8000)
`;

it('says under the cell on which ports its program listens, and lets nobody else hear', async () => {
  await open.give('cache-edges', pages);
  await open.run('cache-edges');
  await expect.poll(() => words('cache-edges').textContent()).toBe('Listens on 127.0.0.1:8000');
  expect(await open.page.locator('.cell-ports').count()).toBe(1);
  await expect
    .poll(() => open.page.getByRole('status').allTextContents())
    .toContainEqual(expect.stringContaining('Listens on 127.0.0.1:8000'));
});

it('sends a request from the keyboard, and shows status, headers and body', async () => {
  await openPanel('cache-edges');
  expect(await field('cache-edges', 'Path').evaluate((input) => input === document.activeElement)).toBe(true);
  await open.page.keyboard.press('ControlOrMeta+A');
  await open.page.keyboard.type('/items?page=2');
  await open.page.keyboard.press('Enter');
  await expect
    .poll(() => answer('cache-edges').locator('.port-status').textContent())
    .toMatch(/^HTTP\/1\.1 200 OK after/);
  expect(await answer('cache-edges').getByLabel('Body of the answer').textContent()).toBe('GET /items?page=2 ');
  await answer('cache-edges').getByText('Headers (2)').click();
  expect(await answer('cache-edges').locator('dt').allTextContents()).toEqual(['Content-Type', 'Content-Length']);
});

it('sends a body, and tells an answer that is an error', async () => {
  await field('cache-edges', 'Method').selectOption('POST');
  await field('cache-edges', 'Path').fill('/missing');
  await field('cache-edges', 'Body').fill('Zoë');
  await button('cache-edges', 'Send').click();
  await expect.poll(() => answer('cache-edges').textContent()).toContain('404 Not Found');
  expect(await answer('cache-edges').getByLabel('Body of the answer').textContent()).toBe('POST /missing Zoë');
});

it('shows a page as a picture in which nothing runs and nothing is fetched', async () => {
  const fetched: string[] = [];
  open.page.on('response', (response) => fetched.push(response.url()));
  await field('cache-edges', 'Method').selectOption('GET');
  await field('cache-edges', 'Path').fill('/page');
  await button('cache-edges', 'Send').click();
  const frame = answer('cache-edges').locator('iframe');
  await frame.waitFor();
  await expect.poll(() => frame.contentFrame().locator('h1').textContent()).toBe('Hello');
  expect(await frame.getAttribute('sandbox')).toBe('');
  expect(await open.page.title()).not.toBe('stolen');
  const image = frame.contentFrame().locator('img');
  await expect.poll(() => image.evaluate((img) => img instanceof HTMLImageElement && img.complete)).toBe(true);
  expect(fetched.filter((address) => address.includes('stolen'))).toEqual([]);
});

it('has no fault that axe finds, wide and narrow, light and dark', async () => {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const) {
    await open.page.setViewportSize({ width, height: 900 });
    await open.page.emulateMedia({ colorScheme });
    const found = await open.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(scope: unknown): Promise<AxeResults> } };
      // What is in the picture of a page is the server's.
      return (await axe.run({ include: ['.cell-ports'], exclude: ['iframe'] })).violations.map(({ id, nodes }) => [
        id,
        nodes.map(({ html }) => html),
      ]);
    });
    expect(found, `${width} ${colorScheme}`).toEqual([]);
    const shots = process.env['SHOTS'];
    if (shots !== undefined)
      await bar('cache-edges').screenshot({ path: `${shots}/ports-${width}-${colorScheme}.png` });
    expect(await open.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
  await open.page.setViewportSize({ width: 1280, height: 900 });
});

it('goes when the server is closed, and stays while an answer is read', async () => {
  await open.give('nan', 'server.close()\nawait server.wait_closed()');
  await open.run('nan');
  await expect.poll(() => words('cache-edges').textContent()).toBe('Nothing listens here any more');
  expect(await button('cache-edges', 'Send').isDisabled()).toBe(true);
  await button('cache-edges', 'Hide').click();
  expect(await bar('cache-edges').count()).toBe(0);
});

it('talks line by line to a program that blocks in threads, until it ends', async () => {
  await open.give(
    'who-copies',
    `
import socketserver

class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"hello\\n")
        for line in self.rfile:
            self.wfile.write(line.upper())
        print("the client has left")
        self.server.shutdown()

with socketserver.ThreadingTCPServer(("", 0), Echo) as server:
    server.serve_forever()
print("done")
`,
    { mode: 'script' },
  );
  await button('who-copies', 'Run').click();
  await openPanel('who-copies');
  expect(await words('who-copies').textContent()).toMatch(/^Listens on 0\.0\.0\.0:\d+$/);
  await field('who-copies', 'As').selectOption('Text');
  await field('who-copies', 'Line').fill('one');
  await open.page.keyboard.press('Enter');
  const log = answer('who-copies').getByRole('log');
  await expect.poll(() => log.textContent()).toBe('one\nhello\nONE\n');
  await field('who-copies', 'Line').fill('zwei');
  await button('who-copies', 'Send').click();
  await expect.poll(() => log.textContent()).toBe('one\nhello\nONE\nzwei\nZWEI\n');
  await button('who-copies', 'End of input').click();
  await ended(open.cell('who-copies'));
  expect((await blocks(open.cell('who-copies'))).map(([, text]) => text).join('')).toContain(
    'the client has left\ndone\n',
  );
  await expect.poll(() => answer('who-copies').textContent()).toContain('The server has closed the connection.');
  expect(await words('who-copies').textContent()).toBe('Nothing listens here any more');
});

it('says what came where the server speaks another protocol, and what went wrong where none came', async () => {
  await open.give(
    'lookup-on-type',
    `
import asyncio, socket

async def greet(reader, writer):
    writer.write(b"220 ready\\r\\n")
    await writer.drain()

async def hang_up(reader, writer):
    writer.transport.abort()

greeter = await asyncio.start_server(greet, "127.0.0.1", 2500)
rude = await asyncio.start_server(hang_up, "::1", 2501)
`,
  );
  await open.run('lookup-on-type');
  await openPanel('lookup-on-type');
  await expect.poll(() => words('lookup-on-type').textContent()).toBe('Listens on 127.0.0.1:2500, [::1]:2501');
  await field('lookup-on-type', 'Port').selectOption('2500');
  await button('lookup-on-type', 'Send').click();
  await expect.poll(() => answer('lookup-on-type').textContent()).toContain('no HTTP');
  expect(await answer('lookup-on-type').getByLabel('Answer').textContent()).toContain('220 ready');
  await field('lookup-on-type', 'Port').selectOption('2501');
  await button('lookup-on-type', 'Send').click();
  await expect
    .poll(() => answer('lookup-on-type').textContent())
    .toMatch(/Connection reset by peer|closed the connection without an answer/);
});

it('can give up a request that nobody answers', async () => {
  await open.give('call-three-ways', 'import socket\nlistener = socket.create_server(("127.0.0.1", 2600))');
  await open.run('call-three-ways');
  await openPanel('call-three-ways');
  await button('call-three-ways', 'Send').click();
  await expect.poll(() => answer('call-three-ways').textContent()).toBe('Waits for the answer');
  await button('call-three-ways', 'Cancel').click();
  expect(await answer('call-three-ways').textContent()).toBe('');
  expect(await button('call-three-ways', 'Send').isDisabled()).toBe(false);
});

it('loses its ports with the interpreter', async () => {
  await button('lookup-on-type', 'Hide').click();
  await open.page.evaluate(() => {
    document.querySelector<HTMLElement>('py-cell[id="call-three-ways"] [data-action="restart"]')?.click();
  });
  await expect.poll(() => bar('call-three-ways').count()).toBe(0);
  expect(await bar('lookup-on-type').count()).toBe(0);
});
