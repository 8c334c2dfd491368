/** What a reader with Firefox does with what stands around the text: terms, their place in a chapter, where they go on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { openFirefox, type FirefoxPage } from './support/firefox.ts';

const missing = findBrowser('firefox') === undefined;
if (missing) console.warn('Skipped: there is no Firefox. Install it, or set FIREFOX to its path.');

const chapter = 'threading-thread/';

describe.skipIf(missing)('reading in Firefox', () => {
  let open: FirefoxPage;
  beforeAll(async () => {
    open = await openFirefox();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  it('opens a term by Enter, with its links next in order, and closes it by Escape', async () => {
    await open.page.goto(open.site.url(chapter));
    await open.page.focus('main a.term');
    await open.page.keyboard.press('Enter');
    await open.page.locator('.term-box:popover-open').wait();
    await open.page.keyboard.press('Tab');
    expect(await open.page.evaluate(() => document.activeElement?.closest('.term-ways') !== null)).toBe(true);
    await open.page.keyboard.press('Escape');
    await expect.poll(() => open.page.evaluate(() => document.querySelectorAll('.term-box').length)).toBe(0);
    expect(await open.page.evaluate(() => document.activeElement?.matches('a.term'))).toBe(true);
    expect(open.page.url()).toBe(open.site.url(chapter));
  });
});
