/** The process of the sandbox's frame dies, as when memory runs out: that is told, and the next run works. */
import { defaultArgs, launch } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import type {} from '../../src/recorder/driver/page.ts';
import { serveDriver } from '../../src/recorder/driver/server.ts';

const request = (source: string) =>
  ({ mode: 'notebook', source, filename: 'cell.py', namespace: 'chapter', clock: 1 }) as const;

// With the tool that drives Firefox elsewhere: the other one takes the death of a frame for the page's.
it('tells that the frame’s process is gone, and starts another', async () => {
  const executablePath = findBrowser('chromium') ?? '';
  // As readers have it: a sandboxed frame has a process of its own.
  const isolated = (await defaultArgs({ headless: true })).map((word) =>
    word.replace(/,?IsolateSandboxedIframes/u, ''),
  );
  const args = process.getuid?.() === 0 ? [...isolated, '--no-sandbox'] : isolated;
  await using server = await serveDriver();
  const browser = await launch({ executablePath, args, ignoreDefaultArgs: true });
  try {
    const page = await browser.newPage();
    await page.goto(server.address);
    const end = page.evaluate(async (asked) => {
      const { promise: begun, resolve } = Promise.withResolvers<undefined>();
      const end = window.driver.run(asked, () => {
        resolve(undefined);
      });
      await begun;
      document.title = 'begun';
      return end;
    }, request('import time\nprint("begun", flush=True)\ntime.sleep(3600)'));
    await page.waitForFunction(() => document.title === 'begun');
    const devtools = await browser.target().createCDPSession();
    const { targetInfos } = await devtools.send('Target.getTargets');
    const targetId = targetInfos.find(({ type }) => type === 'iframe')?.targetId ?? '';
    const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
    const crash = devtools.connection()?.session(sessionId)?.send('Page.crash');
    crash?.catch(() => undefined);
    expect(await end).toMatchObject({ outcome: 'fault', fault: { kind: 'crashed', what: 'Python is gone.' } });
    const next = await page.evaluate(async (asked) => {
      let text = '';
      await window.driver.run(asked, (batch) => {
        for (const event of batch) if (event.type === 'stdout') text += event.text;
      });
      return text;
    }, request('print(6 * 7)'));
    expect(next).toBe('42\n');
  } finally {
    await browser.close();
  }
});
