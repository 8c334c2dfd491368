/** The built site opened from a disk, without a server: it can be read, and says what it cannot do there and what there is instead. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchFirefox } from '../../src/recorder/driver/firefox.ts';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite } from './support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const folder = inject('siteFolder');
const chapter = pathToFileURL(join(folder, 'threading-thread', 'index.html')).href;
const dialog = (page: Page) => page.getByRole('dialog');

async function openFromDisk(width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 844 }, bypassCSP: true });
  await page.goto(chapter);
  return page;
}

describe.each([390, 1280])('at %i px', (width) => {
  it('search says why it does not open, how to have it, and leads to what there is instead', async () => {
    const page = await openFromDisk(width);
    await page.getByRole('button', { name: 'Search' }).click();
    await dialog(page).getByRole('heading', { name: 'Search did not open' }).waitFor();
    await dialog(page).getByText('This page was opened from a disk').waitFor();
    expect(await dialog(page).locator('code').innerText()).toBe(`python3 -m http.server --directory "${folder}"`);
    const { same, over } = await dialog(page).evaluate((element) => {
      const { backgroundColor, color, borderTopWidth } = getComputedStyle(element);
      const page = getComputedStyle(document.body);
      return {
        same: backgroundColor === page.backgroundColor && color === page.color && borderTopWidth === '0px',
        over: element.scrollWidth - element.clientWidth,
      };
    });
    expect({ same, over }).toEqual({ same: true, over: 0 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await bringAxe(page);
    expect(await faultsInBothThemes(page, ['dialog[open]'])).toEqual([]);
    await dialog(page).getByRole('link', { name: 'Glossary' }).click();
    await page.waitForURL(pathToFileURL(join(folder, 'glossary', 'index.html')).href);
    await page.close();
  });

  it('links lead to pages, not to lists of folders', async () => {
    const page = await openFromDisk(width);
    const folders = await page.evaluate(() =>
      [...document.links]
        .filter(({ protocol, pathname }) => protocol === 'file:' && pathname.endsWith('/'))
        .map(({ href }) => href),
    );
    expect(folders).toEqual([]);
    await page.locator('main a.term').first().click();
    await page.waitForURL(/\/glossary\/index\.html#/u);
    await page.close();
  });
});

it.each(['Control+k', '/'])('%s asks for search there, too, and Escape gives the focus back', async (keys) => {
  const page = await openFromDisk(1280);
  await page.locator('main a').first().focus();
  await page.keyboard.press(keys);
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.matches('main a'))).toBe(true);
  await page.close();
});

it('so do the settings, and the chapters of a phone are in what opens', async () => {
  const page = await openFromDisk(390);
  await page.getByRole('button', { name: 'Settings' }).click();
  await dialog(page).getByRole('heading', { name: 'The settings did not open' }).waitFor();
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Chapters' }).click();
  await dialog(page)
    .getByRole('link', { name: /Concurrency/u })
    .first()
    .click();
  await page.waitForURL(pathToFileURL(join(folder, 'concurrency-vs-parallelism', 'index.html')).href);
  await page.close();
});

it('in Firefox, too', async () => {
  // As a reader has it; the test tool would make it lenient.
  const firefox = await launchFirefox({ 'security.fileuri.strict_origin_policy': true });
  try {
    const page = await firefox.newPage();
    await page.goto(chapter);
    const button = await page.waitForSelector('[data-search-open]');
    await button?.click();
    const said = await page.waitForSelector('dialog[open]');
    expect(await said?.evaluate((element) => element.textContent)).toContain('This page was opened from a disk');
  } finally {
    await firefox.close();
  }
});

it('a page that comes from a server does not ask for what a disk needs', async () => {
  await using site = await serveSite();
  const page = await browser.newPage();
  await page.goto(site.home, { waitUntil: 'networkidle' });
  expect(site.requests.filter((asked) => asked.includes('from-disk'))).toEqual([]);
  await page.close();
});
