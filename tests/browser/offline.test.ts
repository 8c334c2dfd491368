/**
 * Reading and running without a network: what was visited, all that was kept, what was not, and what a reader is told where
 * nothing can be kept or a new version waits. The server is stopped, not only cut off.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeOffline } from '../../src/build/offline.ts';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite, type Site } from './support/site.ts';

const chapter = 'threading-thread/';
const other = 'iterators-and-generators/';
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const newPage = async (options: BrowserContextOptions = {}): Promise<Page> =>
  (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();

/** As soon as the reader moves, the worker comes; ends when it has what this page loaded. */
async function act(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
  await page.mouse.move(50, 50);
}

const cached = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  });

async function visit(page: Page, site: Site, path = chapter): Promise<void> {
  await page.goto(site.url(path));
  await act(page);
  await expect.poll(() => cached(page), { timeout: 30_000 }).toContain(new URL(site.url(`${path}index.html`)).pathname);
}

async function openPanel(page: Page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Keep for offline' }).click();
  return page.getByRole('dialog', { name: 'Keep for offline' });
}

async function keepAll(page: Page): Promise<void> {
  const panel = await openPanel(page);
  await panel.getByRole('button', { name: 'Keep for offline' }).click();
  await panel.getByText('It now opens and runs without a network.').waitFor({ timeout: 120_000 });
  await panel.getByRole('button', { name: 'Close' }).click();
}

async function run(page: Page, id: string): Promise<string> {
  const cell = page.locator(`py-cell[id="${id}"]`);
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.getByText(/^(?:Live|Ran here)/).waitFor({ timeout: 120_000 });
  return (await cell.locator('.cell-output').textContent()) ?? '';
}

async function give(page: Page, id: string, source: string): Promise<void> {
  await page.locator(`py-cell[id="${id}"]`).evaluate((element: HTMLElement, given) => {
    const data = JSON.parse(element.dataset['cell'] ?? '') as { cell: object };
    element.dataset['cell'] = JSON.stringify({ ...data, cell: { ...data.cell, source: given } });
  }, source);
}

/** The site in a folder of its own, where the next version of it can be written. */
function copyOfSite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'course-offline-'));
  cpSync(inject('siteFolder'), folder, { recursive: true });
  return folder;
}

async function nextVersion(folder: string, words: string): Promise<void> {
  const file = join(folder, chapter, 'index.html');
  writeFileSync(file, readFileSync(file, 'utf8').replace('</h1>', ` ${words}</h1>`));
  await writeOffline(folder);
}

describe('without a network', () => {
  it('a chapter that was visited once opens again, and one that was not is a page of the site that lists what is kept', async () => {
    const site = await serveSite({ under: '/courses/python/' });
    const page = await newPage({ bypassCSP: true });
    await visit(page, site);
    const title = await page.locator('h1').textContent();
    await site[Symbol.asyncDispose]();
    await page.goto(site.url(chapter));
    expect(await page.locator('h1').textContent()).toBe(title);
    await page.goto(site.url(other));
    await page.getByRole('heading', { name: 'This page is not kept' }).waitFor();
    const link = page.locator('#kept-pages a').getByText(title ?? '', { exact: true });
    await link.waitFor();
    expect(await page.locator('#asked-page').textContent()).toBe(`/courses/python/${other}`);
    await bringAxe(page);
    expect(await faultsInBothThemes(page)).toEqual([]);
    await link.click();
    await page.waitForURL(site.url(chapter));
    await page.context().close();
  });

  it('what was kept whole opens, is searched and runs with threads and packages, with no request to the host', async () => {
    const site = await serveSite();
    const page = await newPage();
    await visit(page, site);
    await keepAll(page);
    const before = site.requests.length;
    await page.goto(site.url(other));
    await page.goto(site.url(chapter));
    await give(
      page,
      'two-threads',
      'from threading import Thread\nThread(target=print, args=("in a thread",)).start()',
    );
    expect(await run(page, 'two-threads')).toContain('in a thread');
    // The browser itself asks whether there is a newer worker.
    expect(site.requests.slice(before).filter((path) => path !== '/offline.js')).toEqual([]);
    await site[Symbol.asyncDispose]();
    await page.goto(site.url(chapter));
    const program = [
      'from threading import Thread',
      'from sortedcontainers import SortedList',
      'thread = Thread(target=lambda: print("sorted", *SortedList([3, 1, 2])))',
      'thread.start()',
      'thread.join()',
    ];
    await give(page, 'two-threads', program.join('\n'));
    expect(await run(page, 'two-threads')).toContain('sorted 1 2 3');
    await page.getByRole('button', { name: 'Search' }).click();
    // The field comes with the dialog's code; what is typed before goes nowhere.
    await page.locator('dialog[open] input').first().fill('generator');
    await page.locator('dialog[open] a[href]').first().waitFor();
    await page.keyboard.press('Escape');
    await page.goto(site.url(other));
    expect(await page.locator('h1').count()).toBe(1);
    await page.context().close();
  });
});

describe('keeping', () => {
  it('tells the sizes before, can be stopped, goes on where it ended, and can be undone; axe finds nothing', async () => {
    await using site = await serveSite();
    const page = await newPage({ bypassCSP: true });
    await visit(page, site);
    await bringAxe(page);
    const panel = await openPanel(page);
    const keep = panel.getByRole('button', { name: 'Keep for offline' });
    await keep.waitFor();
    expect(await panel.locator('dt').allTextContents()).toEqual(
      expect.arrayContaining(['Pages of the course', 'Search', 'Python']),
    );
    expect(await panel.locator('dd').first().textContent()).toMatch(/^\d+\.\d MB, /);
    expect(await faultsInBothThemes(page, ['.reader-dialog'])).toEqual([]);
    // The one file that never comes, so that Stop is pressed in the middle.
    const { promise, resolve } = Promise.withResolvers<undefined>();
    await page.route(/\/runtime\/wasm\./, async (route) => {
      await promise;
      await route.abort().catch(() => undefined);
    });
    await keep.click();
    await panel.getByRole('progressbar').waitFor();
    expect(await faultsInBothThemes(page, ['.reader-dialog'])).toEqual([]);
    const kept = async (): Promise<number> => (await cached(page)).length;
    const begun = await kept();
    await expect.poll(kept).toBeGreaterThan(begun);
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel.getByText('Stopped. What has come is kept').waitFor();
    resolve(undefined);
    await page.unroute(/\/runtime\/wasm\./);
    const before = site.requests.length;
    const stopped = await cached(page);
    await keep.click();
    await panel.getByText('It now opens and runs without a network.').waitFor({ timeout: 120_000 });
    const again = site.requests
      .slice(before)
      .filter((path) => stopped.includes(path.endsWith('/') ? `${path}index.html` : path));
    expect(again).toEqual([]);
    expect(await faultsInBothThemes(page, ['.reader-dialog'])).toEqual([]);
    await panel.getByRole('button', { name: 'Remove what is kept' }).click();
    await panel.getByText(/^Removed\./).waitFor();
    expect(await cached(page)).not.toContain('/runtime/manifest.json');
    await page.context().close();
  });

  it('says so when there is no room, and keeps what came', async () => {
    await using site = await serveSite();
    const page = await newPage();
    await visit(page, site);
    const devtools = await page.context().newCDPSession(page);
    const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin: site.origin });
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: usage + 3_000_000 });
    const panel = await openPanel(page);
    await panel.getByRole('button', { name: 'Keep for offline' }).click();
    await panel.getByText('The browser has no room for the rest. What has come is kept.').waitFor({ timeout: 60_000 });
    expect(await cached(page)).toContain(`/${chapter}index.html`);
    await page.context().close();
  });

  it('says that another tab is at it', async () => {
    await using site = await serveSite();
    const page = await newPage();
    await visit(page, site);
    const second = await page.context().newPage();
    await visit(second, site);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    await page.route(/\/runtime\/wasm\./, async (route) => {
      await promise;
      await route.continue().catch(() => undefined);
    });
    const [panel, panelOfSecond] = [await openPanel(page), await openPanel(second)];
    await panel.getByRole('button', { name: 'Keep for offline' }).click();
    await panel.getByRole('progressbar').waitFor();
    await panelOfSecond.getByRole('button', { name: 'Keep for offline' }).click();
    await panelOfSecond.getByText('Another tab is keeping the course.').waitFor();
    resolve(undefined);
    await panel.getByText('It now opens and runs without a network.').waitFor({ timeout: 120_000 });
    await page.context().close();
  });
});

describe('where nothing can be kept', () => {
  it('without service workers the panel says so, and a cell runs', async () => {
    await using site = await serveSite();
    const page = await newPage();
    await page.addInitScript(() => {
      delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
    });
    await page.goto(site.url(chapter));
    await act(page);
    const panel = await openPanel(page);
    await panel.getByText('This browser keeps nothing for offline here.').waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await give(page, 'two-threads', 'print("runs")');
    expect(await run(page, 'two-threads')).toContain('runs');
    await page.context().close();
  });

  it('with caches forbidden to the page the panel says so', async () => {
    await using site = await serveSite();
    const page = await newPage();
    await page.addInitScript(() => {
      CacheStorage.prototype.open = () => Promise.reject(new DOMException('forbidden', 'SecurityError'));
    });
    await page.goto(site.url(chapter));
    await act(page);
    const panel = await openPanel(page);
    await panel.getByText('The browser does not let this site keep files.').waitFor();
    await page.context().close();
  });
});

describe('a new version', () => {
  it('is told of quietly, is not loaded while a program runs or another tab is open, keeps what was kept, and leaves no old cache', async () => {
    const folder = copyOfSite();
    try {
      await using site = await serveSite({ folder });
      const page = await newPage({ bypassCSP: true });
      await visit(page, site);
      await keepAll(page);
      const [first] = await page.evaluate(() => caches.keys());
      await nextVersion(folder, 'second edition');
      const second = await page.context().newPage();
      await second.goto(site.url(other));
      await page.reload();
      await act(page);
      const notice = page.getByRole('region', { name: 'New version' });
      await notice.waitFor({ timeout: 60_000 });
      expect(await page.locator('h1').textContent()).not.toContain('second edition');
      await bringAxe(page);
      expect(await faultsInBothThemes(page, ['.offline-notice'])).toEqual([]);
      await give(page, 'two-threads', 'import time\nprint("begun")\nwhile True: time.sleep(0.01)');
      const cell = page.locator('py-cell[id="two-threads"]');
      await cell.getByRole('button', { name: 'Run', exact: true }).click();
      await cell.locator('.out').getByText('begun').waitFor({ timeout: 60_000 });
      await notice.getByRole('button', { name: 'Load it' }).click();
      await notice.getByText('A program is running in this page.').waitFor();
      expect(await cell.getAttribute('data-state')).toBe('running');
      await cell.getByRole('button', { name: 'Stop', exact: true }).click();
      await page
        .locator('py-cell[id="two-threads"][data-state="failed"], py-cell[id="two-threads"][data-state="done"]')
        .waitFor();
      await notice.getByRole('button', { name: 'Load it' }).click();
      await notice.getByText('The course is open in 2 tabs or windows.').waitFor();
      await second.close();
      await notice.getByRole('button', { name: 'Load it' }).click();
      await page.getByRole('heading', { level: 1, name: 'second edition' }).waitFor();
      await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(1);
      expect(await page.evaluate(() => caches.keys())).not.toContain(first);
      const before = site.requests.length;
      await page.goto(site.url(other));
      expect(site.requests.slice(before).filter((path) => path !== '/offline.js')).toEqual([]);
      await page.context().close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it('a copy of a site under another path has a worker and a cache of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'course-copies-'));
  try {
    for (const name of ['one', 'two']) cpSync(inject('siteFolder'), join(folder, name), { recursive: true });
    await using site = await serveSite({ folder });
    const page = await newPage();
    await visit(page, site, `one/${chapter}`);
    await visit(page, site, `two/${chapter}`);
    const names = await page.evaluate(() => caches.keys());
    expect(names.map((name) => name.split(' ')[1]).sort()).toEqual(['/one/', '/two/']);
    await page.context().close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('a browser finds nothing that would keep it from installing the course', async () => {
  await using site = await serveSite({ under: '/deep/path/' });
  const page = await newPage();
  await visit(page, site);
  const devtools = await page.context().newCDPSession(page);
  const { url, errors } = await devtools.send('Page.getAppManifest');
  expect([url, errors]).toEqual([site.url('manifest.json'), []]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Each page of these tests has a profile of its own, which counts as a private window.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  await page.context().close();
});
