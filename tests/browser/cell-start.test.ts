/** Python comes only when a reader is about to run something, tells how far it is, and says why when it cannot come. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';

const chapter = 'what-python-executes/';
const id = 'cache-edges';
const runButton = (open: CellPage) => open.cell(id).getByRole('button', { name: 'Run', exact: true });
const isRuntime = (url: string): boolean => url.includes('/runtime/');

it.each(['hover', 'focus'] as const)('begins to load at the %s of a Run button, not before', async (intent) => {
  await using open = await openChapter(chapter);
  await open.cell(id).locator('pre.code').hover();
  await open.cell(id).locator('pre.code').focus();
  await open.cell(id).getByRole('button', { name: 'Copy', exact: true }).hover();
  expect(open.asked.filter(isRuntime)).toEqual([]);
  const asked = open.page.waitForRequest((request) => isRuntime(request.url()));
  await runButton(open)[intent]();
  await asked;
  expect(await open.cell(id).locator('.cell-provenance').textContent()).toMatch(/^Recorded/);
});

it('says how many bytes have come, and keeps the recorded output meanwhile', async () => {
  await using open = await openChapter(chapter);
  const arrived = Promise.withResolvers<undefined>();
  await open.page.route('**/runtime/*stdlib*', async (route) => {
    await arrived.promise;
    await route.continue();
  });
  const recorded = await blocks(open.cell(id));
  await runButton(open).click();
  await open
    .cell(id)
    .getByText(/^Loading Python, \d+\.\d of \d+\.\d MB$/)
    .waitFor();
  const bar = open.cell(id).getByRole('progressbar', { name: 'Loading Python', exact: true });
  expect(await bar.textContent()).toMatch(/^\d+\.\d of \d+\.\d MB$/);
  const [value, max] = await bar.evaluate((element) => [
    (element as HTMLProgressElement).value,
    (element as HTMLProgressElement).max,
  ]);
  expect(value).toBeLessThan(max);
  expect(await blocks(open.cell(id))).toEqual(recorded);
  arrived.resolve(undefined);
  await open
    .cell(id)
    .getByText(/^Ran here/)
    .waitFor();
  expect(await open.cell(id).locator('.cell-state').isVisible()).toBe(false);
  expect(await bar.count()).toBe(0);
});

/** Collects what is spoken from now on. */
async function listen({ page }: CellPage): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    new MutationObserver(() => {
      const text = document.querySelector('[role=status].for-screen-readers')?.textContent ?? '';
      if (text !== '' && text !== spoken.at(-1)) spoken.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
}

it('speaks that Python loads, that it has started, the first line and the end, and nothing else', async () => {
  await using open = await openChapter(chapter);
  const loop = 'for n in range(300):\n    print("line", n)\n    await asyncio.sleep(0.01)';
  await open.give(id, `import asyncio\n${loop}\n1 / 0`, { title: 'Lines' });
  const spoken = await listen(open);
  await open.run(id);
  const name = await open.cell(id).locator('.cell-name').textContent();
  await expect
    .poll(spoken)
    .toEqual([
      'Loading Python',
      'Python has started',
      `${name} prints: line 0`,
      expect.stringMatching(/: Ran here, ended with ZeroDivisionError after [\d.]+ s$/),
    ]);
});

it('speaks why Python does not come, whichever part of it is missing', async () => {
  await using open = await openChapter(chapter);
  const spoken = await listen(open);
  await open.page.route('**/runtime/*stdlib*', (route) => route.abort());
  await open.run(id);
  await expect.poll(async () => (await spoken()).at(-1)).toMatch(/: Python could not be downloaded\. .*stdlib/);
});

it('speaks it when the part of the page that runs cells does not come, and Run works once it does', async () => {
  await using open = await openChapter(chapter);
  const spoken = await listen(open);
  await open.page.route('**/_astro/actions*.js', (route) => route.abort());
  await runButton(open).click();
  const words = 'Cannot load Python. Check the connection and press Run again.';
  await expect.poll(spoken).toEqual([words]);
  expect(await open.cell(id).locator('.cell-state').textContent()).toBe(words);
});

it('runs with every other host out of reach, and breaks no policy', async () => {
  await using open = await openChapter(chapter);
  const complaints: string[] = [];
  open.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  open.page.on('pageerror', (error) => complaints.push(error.message));
  await open.page.route(
    (url) => url.protocol.startsWith('http') && url.origin !== open.site.origin,
    (route) => route.abort(),
  );
  await open.run(id);
  expect(await open.cell(id).locator('.cell-provenance').textContent()).toMatch(/^Ran here/);
  expect(complaints).toEqual([]);
});

/** Takes a part of the platform away before the page's scripts run, in the page and in its frames. */
const missing: readonly (readonly [string, (page: Page) => Promise<unknown>, RegExp])[] = [
  [
    'WebAssembly',
    (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly')),
    /^Python cannot run in this browser\. WebAssembly is missing/,
  ],
  [
    'workers',
    (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker')),
    /^Python cannot run in this browser\. Web Workers are missing/,
  ],
  [
    'the frame',
    (page) =>
      page.addInitScript(() => {
        // What an extension does that blocks frames: the element is there, its document never comes.
        Object.defineProperty(HTMLIFrameElement.prototype, 'srcdoc', { set: () => undefined });
      }),
    /^The sandbox for Python did not start\. .*blocked its frame/,
  ],
];

it.each(missing)('keeps the page whole without %s, and says what is missing', async (_, take, reason) => {
  await using open = await openChapter(chapter);
  await take(open.page);
  await open.page.reload();
  const cell = open.cell(id);
  const recorded = await blocks(cell);
  await open.run(id);
  expect(await cell.locator('.cell-notice').textContent()).toMatch(reason);
  expect(await blocks(cell)).toEqual(recorded);
  expect(await cell.locator('.cell-provenance').textContent()).toMatch(/^Recorded/);
  expect(await runButton(open).isVisible()).toBe(true);
  await open.page
    .getByRole('button', { name: /search/i })
    .first()
    .click();
  await open.page.getByRole('searchbox').waitFor();
});
