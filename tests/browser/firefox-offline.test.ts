/** What a reader with Firefox has without a network: what was visited, and a page that says what was not kept. */
import { expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { openFirefox } from './support/firefox.ts';

const missing = findBrowser('firefox') === undefined;
if (missing) console.warn('Skipped: there is no Firefox. Install it, or set FIREFOX to its path.');

it.skipIf(missing)(
  'opens in Firefox what was visited when the server is gone, and says what was not kept',
  async () => {
    await using open = await openFirefox();
    const { page, site } = open;
    const address = site.url('threading-thread/');
    await page.goto(address);
    await page.mouse.move(5, 5);
    await page.mouse.move(50, 50);
    const kept = () =>
      page.evaluate(async (key) => (await caches.match(key)) !== undefined, site.url('threading-thread/index.html'));
    await expect.poll(kept, { timeout: 30_000 }).toBe(true);
    await site[Symbol.asyncDispose]();
    await page.goto(address);
    const title = () => page.evaluate(() => document.querySelector('h1')?.textContent ?? '');
    expect(await title()).not.toBe('');
    await page.goto(site.url('iterators-and-generators/'));
    await expect.poll(title).toBe('This page is not kept');
  },
);
