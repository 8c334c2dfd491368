/** A cell's timeline: chosen in its menu, shown below its output as a picture, sentences and a table, and gone with the next run. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeFaults, bringAxe, faultsInBothThemes } from './support/axe.ts';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';

const chapter = 'iterators-and-generators/';
const id = 'fib-gen';
const waiting = [
  'import threading, time',
  'lock, about = threading.Lock(), threading.Event()',
  'def hold():',
  '    with lock:',
  '        about.wait(); time.sleep(0.1)',
  'def want():',
  '    about.set()',
  '    with lock: print("got it")',
  'threads = [threading.Thread(target=f, name=f.__name__) for f in (hold, want)]',
  'for each in threads: each.start()',
  'for each in threads: each.join()',
].join('\n');

async function choose(cell: Locator): Promise<Locator> {
  await cell.locator('summary[aria-label="More actions"]').click();
  await cell.getByRole('button', { name: 'Timeline', exact: true }).click();
  await ended(cell);
  const timeline = cell.locator('.cell-timeline');
  await timeline.locator('svg').first().waitFor();
  return timeline;
}

async function openWith(source: string, options: Parameters<typeof openChapter>[1] = {}): Promise<CellPage> {
  const open = await openChapter(chapter, options);
  await open.give(id, source);
  return open;
}

async function saved(page: Page, timeline: Locator, name: string): Promise<{ file: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), timeline.getByRole('button', { name }).click()]);
  return { file: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

it('shows by keyboard alone who waited for whom, in a picture, in sentences and in a table that leads from wait to waker', async () => {
  await using open = await openWith(waiting);
  const cell = open.cell(id);
  const { keyboard } = open.page;
  await cell.locator('summary[aria-label="More actions"]').focus();
  await keyboard.press('Enter');
  const entry = cell.getByRole('button', { name: 'Timeline', exact: true });
  await entry.waitFor();
  // Opening the menu loads no Python.
  expect(open.asked.filter((url) => url.includes('/runtime/'))).toEqual([]);
  while (!(await entry.evaluate((element) => element === document.activeElement))) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await ended(cell);
  expect(await blocks(cell)).toEqual([['stdout', 'got it\n']]);
  const timeline = cell.getByRole('region', { name: /^Timeline of / });
  const picture = timeline.getByRole('img', { name: /^Timeline of / });
  await picture.waitFor();
  // It comes into view: it stands below an output that may be long.
  await expect.poll(() => picture.evaluate((svg) => svg.getBoundingClientRect().top < innerHeight)).toBe(true);
  for (const name of ['MainThread', 'hold', 'want'])
    expect(await picture.locator('text', { hasText: new RegExp(`^${name}$`) }).count()).toBe(1);
  const said = await timeline.locator('.timeline-said li').allTextContents();
  expect(said[0]).toMatch(/^3 threads in /);
  expect(said).toContainEqual(
    expect.stringMatching(/^want waited [\d.]+ m?s for the Lock lock that hold held at line 4\.$/),
  );

  const summary = timeline.getByText(/^All \d+ intervals as a table$/);
  await summary.focus();
  await keyboard.press('Enter');
  const wait = timeline.getByRole('row', { name: /want Waiting at line 8 for the Lock lock/ });
  await wait.getByRole('link', { name: /^until hold woke it/ }).press('Enter');
  const waker = timeline.locator('tr:focus');
  expect(await waker.textContent()).toMatch(/holdRunning/);
  await waker.getByRole('link', { name: 'woke want' }).press('Enter');
  expect(await timeline.locator('tr:focus').textContent()).toMatch(/wantWaiting/);
});

it('is saved as a picture and as a trace, and goes when the cell runs again or is reset', async () => {
  await using open = await openWith(waiting);
  const cell = open.cell(id);
  const timeline = await choose(cell);
  const picture = await saved(open.page, timeline, 'Save picture');
  expect(picture.file).toMatch(/\.svg$/);
  expect(picture.text).toMatch(/^<svg xmlns=.*<style>/);
  const trace = await saved(open.page, timeline, 'Save trace for Perfetto');
  expect(trace.file).toMatch(/-trace\.json$/);
  expect(JSON.parse(trace.text)).toHaveProperty('traceEvents');
  await open.run(id);
  expect(await timeline.count()).toBe(0);
  await choose(cell);
  await cell.getByRole('button', { name: 'Reset' }).click();
  await timeline.waitFor({ state: 'detached' });
});

it('shows a deadlock, with a name that would be markup as a name', async () => {
  await using open = await openWith(
    [
      'import threading',
      'lock = threading.Lock(); lock.acquire()',
      'other = threading.Thread(target=lock.acquire, name="<img src=x onerror=alert(1)>", daemon=True)',
      'other.start(); other.join()',
    ].join('\n'),
  );
  const timeline = await choose(open.cell(id));
  const said = await timeline.locator('.timeline-said li').allTextContents();
  expect(said).toContainEqual(
    expect.stringMatching(
      /^<img src=x onerror=alert\(1\)> still waited for .* that MainThread held at line 2 when the run ended/,
    ),
  );
  expect(said).toContain('MainThread ended with a deadlock.');
  expect(await timeline.locator('img').count()).toBe(0);
});

const circle = [
  'import threading',
  'first, second = threading.Lock(), threading.Lock()',
  'both = threading.Barrier(2)',
  'def transfer(source, target):',
  '    with source:',
  '        both.wait()',
  '        with target: print("moved")',
  'pairs = {"there": (first, second), "back": (second, first)}',
  'threads = [threading.Thread(target=transfer, args=pair, name=name) for name, pair in pairs.items()]',
  'for each in threads: each.start()',
  'for each in threads: each.join()',
].join('\n');

it.each([1280, 390])('draws at %i px who waits for whom in a circle, and says so', async (width) => {
  await using open = await openWith(circle, { viewport: { width, height: 900 }, bypassCSP: true });
  await bringAxe(open.page);
  const timeline = await choose(open.cell(id));
  const said = await timeline.locator('.timeline-said li').allTextContents();
  expect(said).toContain('there and back wait for each other: none of them can ever go on.');
  const graph = timeline.getByRole('img', { name: /who waits for whom$/ });
  const words = await graph.locator('text').allTextContents();
  expect(words).toEqual([
    'there',
    'waits for the Lock second at line 7',
    'holds the Lock first, taken at line 5',
    'back',
    'waits for the Lock first at line 7',
    'holds the Lock second, taken at line 5',
    'MainThread',
    'waits for the end of there at line 11',
  ]);
  expect(await graph.locator('.tl-circle').count()).toBe(2);
  expect(await graph.locator('.tl-wait:not(.tl-circle) title').allTextContents()).toEqual([
    'MainThread waits for there',
  ]);
  expect(await faultsInBothThemes(open.page, [`#${id}`])).toEqual([]);
  expect(await open.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

it('opens the band of a pool lane by lane, and folds it again', async () => {
  const pool = [
    'import time',
    'from concurrent.futures import ThreadPoolExecutor',
    'with ThreadPoolExecutor(20, "worker") as pool:',
    '    print(len(list(pool.map(lambda _: time.sleep(0.005), range(60)))))',
  ];
  await using open = await openWith(pool.join('\n'));
  const timeline = await choose(open.cell(id));
  expect(await timeline.locator('svg').first().locator('> g').count()).toBe(2);
  const show = timeline.getByRole('button', { name: /^Show the \d+ lanes of worker_…$/ });
  const lanes = Number(/\d+/.exec(await show.innerText())?.[0]);
  expect(lanes).toBeGreaterThan(11);
  await show.click();
  expect(await timeline.locator('svg').first().locator('> g').count()).toBe(1 + lanes);
  await timeline.getByRole('button', { name: `Fold the ${lanes} lanes of worker_…` }).click();
  expect(await timeline.locator('svg').first().locator('> g').count()).toBe(2);
});

it.each([1280, 390])(
  'has no accessibility fault at %i px, in light and dark, and does not widen the page',
  async (width) => {
    // The policy of the page would refuse axe itself.
    await using open = await openWith(waiting, { viewport: { width, height: 900 }, bypassCSP: true });
    await bringAxe(open.page);
    const cell = open.cell(id);
    const timeline = await choose(cell);
    await timeline.getByText(/as a table$/).click();
    await timeline.getByRole('table').waitFor();
    expect(await faultsInBothThemes(open.page, [`#${id}`])).toEqual([]);
    await open.page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    expect(await axeFaults(open.page, [`#${id}`])).toEqual([]);
    expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const shown = await timeline.locator('svg').evaluate((svg) => svg.getBoundingClientRect().width);
    expect(await timeline.locator('svg').getAttribute('viewBox')).toMatch(new RegExp(`^0 0 ${Math.floor(shown)} `));
    const folder = process.env['SHOTS'];
    if (folder === undefined) return;
    for (const [name, media] of Object.entries({
      light: { colorScheme: 'light', forcedColors: 'none' },
      dark: { colorScheme: 'dark', forcedColors: 'none' },
      forced: { colorScheme: 'dark', forcedColors: 'active' },
    } as const)) {
      await open.page.emulateMedia(media);
      await cell.screenshot({ path: `${folder}/timeline-${width}-${name}.png` });
    }
  },
);
