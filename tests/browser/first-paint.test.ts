/** A page shows its beginning before the host has answered anything but the page itself, and its text never without its styles. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { serveSite, type Site } from './support/site.ts';

let browser: Browser;
let site: Site;
beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite();
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

/** Resolves when something has been painted. */
function painted(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    new Promise((resolve) => {
      new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
    }).then(() => undefined),
  );
}

it.each([
  ['concurrency-vs-parallelism/', 'py-cell'],
  ['threads-and-processes/', 'py-cell'],
])('%s is painted while its sheets are on their way, and goes on when they come', async (path, below) => {
  for (const width of [390, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const sheets = Promise.withResolvers<undefined>();
    await page.route('**/*.css', async (route) => {
      await sheets.promise;
      await route.continue();
    });
    await page.goto(site.url(path), { waitUntil: 'commit' });
    await painted(page);
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(await page.locator(below).count()).toBe(0);
    sheets.resolve(undefined);
    await page.locator(below).first().waitFor({ state: 'attached' });
    await page.close();
  }
});

it('text below the first screen is styled when scripts are off, too', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(site.url('concurrency-vs-parallelism/'));
  expect(await page.locator('py-cell').count()).toBeGreaterThan(5);
  const sheets = await page.locator('article link[rel="stylesheet"]').count();
  expect(sheets).toBeGreaterThan(0);
  expect(await page.locator('head link[rel="stylesheet"]').count()).toBe(0);
  await page.close();
});
