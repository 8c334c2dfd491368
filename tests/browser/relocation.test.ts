/** One build runs at any path of any host: every page, link and file is found wherever the folder stands. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pagesIn } from '../../src/build/pages.ts';
import { launchChromium } from './support/chromium.ts';
import { copyTestCourse } from './support/project-copy.ts';
import { serveSite, type Site } from './support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const folder = inject('siteFolder');
const pages = (await pagesIn(folder)).filter((page) => page !== '404.html');

function digests(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(root, file)).isFile(),
  );
  return new Map(
    files.sort().map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
    ]),
  );
}

describe.each(['/', '/deep/sub/path/'])('served at %s', (under) => {
  let site: Site;
  const failed: string[] = [];
  const links = new Set<string>();

  // Each page once, for all that is asked of it.
  beforeAll(async () => {
    site = await serveSite({ under });
    const page = await browser.newPage();
    page.on('response', (response) => {
      if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // An idle network does not wait for the icon, which the way to the next page may cut short.
      const cut = why === 'net::ERR_ABORTED' && request.url().endsWith('/favicon.svg');
      if (!cut) failed.push(`${why} ${request.url()}`);
    });
    for (const file of pages) {
      await page.goto(site.url(file.replace(/index\.html$/, '')), { waitUntil: 'networkidle' });
      const found = await page
        .locator('a[href]')
        .evaluateAll((all) => all.map((link) => (link instanceof HTMLAnchorElement ? link.href : '')));
      for (const link of found) links.add(link);
    }
    await page.close();
  });
  afterAll(() => site[Symbol.asyncDispose]());

  it('finds every file that its pages ask for, and asks for nothing outside', () => {
    expect(failed).toEqual([]);
    expect(site.requests.length).toBeGreaterThanOrEqual(pages.length);
    expect(site.requests.filter((asked) => !asked.startsWith(under))).toEqual([]);
  });

  it('leads from every link of every page to a page that is there, on a host that does not redirect to the slash', async () => {
    expect((await fetch(site.url('glossary'))).status).toBe(404);
    const targets = new Set<string>();
    for (const link of links) if (link.startsWith(site.origin)) targets.add(link.replace(/#.*$/, ''));
    expect(targets.size).toBeGreaterThan(0);
    const dead: string[] = [];
    for (const target of targets) {
      const response = await fetch(target);
      if (!response.ok || !target.startsWith(site.home)) dead.push(`${response.status} ${target}`);
    }
    expect(dead).toEqual([]);
  });

  it('leads by search, by keys and from the page for what is missing to pages that are there, on such a host', async () => {
    const page = await browser.newPage();
    const missing: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });
    await page.goto(site.home);
    await page.keyboard.press('Control+k');
    await page
      .getByRole('dialog')
      .getByRole('searchbox')
      .or(page.getByRole('dialog').locator('input'))
      .first()
      .fill('daemon thread');
    const result = page.getByRole('dialog').locator('a[href]').first();
    await result.waitFor();
    await result.click();
    await page.waitForURL(/-helpers\/#/);
    await page.locator('.pager a').last().click();
    await page.waitForLoadState('networkidle');
    expect(missing).toEqual([]);
    await page.goto(site.url('threading-thread'));
    await page.getByRole('link', { name: /first page/ }).click();
    await page.waitForURL(site.home);
    await page.close();
  });

  it('shows a page of its own for what is missing at any depth, with the way home', async () => {
    const page = await browser.newPage();
    const response = await page.goto(site.url('no/such/page/at/all/'));
    expect(response?.status()).toBe(404);
    const home = page.getByRole('link', { name: /first page/ });
    await home.waitFor();
    await home.click();
    await page.waitForURL(site.home);
    await page.close();
  });
});

it('is whole on a host that shows a folder’s page at its address without the slash', async () => {
  await using site = await serveSite({ under: '/deep/sub/path/', slashless: true });
  const page = await browser.newPage();
  for (const address of ['../path', 'what-python-executes?a=b#cache-edges']) {
    const asked = new URL(site.url(address));
    await page.goto(asked.href, { waitUntil: 'networkidle' });
    // What follows the path stays; the path gets the slash, from which its relative addresses lead on.
    expect(page.url()).toBe(asked.href.replace(asked.pathname, `${asked.pathname}/`));
    const sheets = await page.evaluate(() =>
      [...document.styleSheets].filter(({ href }) => href !== null).map(({ cssRules }) => cssRules.length),
    );
    expect(sheets.length).toBeGreaterThan(0);
    expect(Math.min(...sheets)).toBeGreaterThan(0);
  }
  await page.evaluate(() => customElements.whenDefined('py-cell'));
  await page.goBack();
  expect(page.url()).toBe(site.home);
  await page.close();
});

it('is the same bytes whatever base it is built for', () => {
  const root = copyTestCourse('course-base');
  const other = mkdtempSync(join(tmpdir(), 'course-base-'));
  try {
    execFileSync(join(import.meta.dirname, '../../node_modules/.bin/astro'), ['build', '--base', '/any/sub/path/'], {
      cwd: root,
      env: { ...process.env, OUT_DIR: other, NODE_ENV: 'production' },
      stdio: 'pipe',
    });
    expect([...digests(other)]).toEqual([...digests(folder)]);
  } finally {
    for (const each of [root, other]) rmSync(each, { recursive: true, force: true });
  }
});
