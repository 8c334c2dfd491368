/** No page has an accessibility fault that axe can find, at two widths, light and dark; each page has a test, so that a long course has time. */
import { readdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { bringAxe, faultsAtWidths } from './support/axe.ts';
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

test.each(pages)('/%s', async (path) => {
  // The page's policy forbids scripts from outside it, axe included; the policy has tests of its own.
  await using context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(site.url(path));
  await bringAxe(page);
  expect(await faultsAtWidths(page, [1280, 390])).toEqual([]);
});
