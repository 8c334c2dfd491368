/** `<py-cell>` in the page of another site, in Firefox: it runs, stops, grows, and stands as text where its frame is refused. */
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { openFirefox, type FirefoxPage } from './support/firefox.ts';
import { serveForeign } from './support/foreign.ts';
import { refusingFrames, serveAs } from './support/host.ts';
import type { Site } from './support/site.ts';

const missing = findBrowser('firefox') === undefined;
if (missing) console.warn('Skipped: there is no Firefox. Install it, or set FIREFOX to its path.');

const program = `<py-cell name="all.py"><pre>
import socket, threading
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=lambda: server.accept()[0].sendall(b"from a thread")).start()
    print(socket.create_connection(server.getsockname()).recv(99))
    with ProcessPoolExecutor(1) as pool:
        print(pool.submit(abs, -3).result())
    while True: pass
</pre></py-cell>`;

describe.skipIf(missing)('an embedded cell in Firefox', () => {
  let open: FirefoxPage;
  beforeAll(async () => {
    open = await openFirefox();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const shown = async (): Promise<Frame> => {
    const frame = await open.page.locator('py-cell >>> iframe:not(.waits)').waitHandle();
    return frame.contentFrame();
  };
  const height = () =>
    open.page.evaluate(() => document.querySelector('py-cell')?.shadowRoot?.querySelector('iframe')?.offsetHeight ?? 0);
  const button = (frame: Frame, name: string) => frame.locator(`#cell ::-p-aria([name="${name}"][role="button"])`);

  it('runs threads, a server and a process, grows, and stops', async () => {
    await using foreign = await serveForeign(open.site, program);
    await open.page.goto(foreign.address);
    const frame = await shown();
    const before = await height();
    expect(open.site.requests.filter((path) => path.includes('/runtime/'))).toEqual([]);
    await button(frame, 'Run').click();
    const output = () => frame.$eval('.cell-output', (element) => element.textContent);
    await expect.poll(output, { timeout: 120_000 }).toBe("b'from a thread'\n3\n");
    await button(frame, 'Stop').click();
    await expect.poll(output).toContain('KeyboardInterrupt');
    await expect.poll(height).toBeGreaterThan(before + 50);
    expect(open.complaints).toEqual([]);
  });

  const standsAsText = async (course: Site): Promise<void> => {
    const link = await open.page.locator('py-cell >>> .note a').waitHandle();
    expect(await link.evaluate((each) => each.href)).toContain(course.url('playground/#code='));
    const text = await open.page.$eval('py-cell >>> .text', (element) => element.textContent);
    expect(text).toContain('import socket, threading');
  };

  it('stands as text, and leads to the playground, where the page forbids the frame', async () => {
    const { origin } = open.site;
    const policy = `script-src ${origin}; frame-src 'none'`;
    await using foreign = await serveForeign(open.site, program, { headers: { 'content-security-policy': policy } });
    await open.page.goto(foreign.address);
    await standsAsText(open.site);
  });

  it('does so where the host of the course refuses to be framed', async () => {
    await using course = await serveAs(refusingFrames, inject('siteFolder'));
    await using foreign = await serveForeign(course, program);
    await open.page.goto(foreign.address);
    await standsAsText(course);
  });
});
