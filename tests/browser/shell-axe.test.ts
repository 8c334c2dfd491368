/** No page has an accessibility fault that axe can find, at two widths, light and dark; each page has a test, so that a long course has time. */
import { readdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite, type Site } from './support/site.ts';

const pages = readdirSync(inject('siteFolder'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replaceAll('\\', '/').replace(/index\.html$/u, ''));

let site: Site;
let browser: Browser;
beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

test('there are pages to look at', () => {
  expect(pages.length).toBeGreaterThan(3);
});

describe.each([390, 1280])('at %i px, light and dark', (width) => {
  test.each(pages)('/%s', async (path) => {
    // The page's policy forbids scripts from outside it, axe included; the policy has tests of its own.
    await using context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(site.url(path));
    await bringAxe(page);
    expect(await faultsInBothThemes(page)).toEqual([]);
  });
});
