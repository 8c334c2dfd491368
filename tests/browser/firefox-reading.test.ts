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

  it('marks how much is read, offers the way back after a link in the page, and goes on there on the next visit', async () => {
    await open.page.goto(open.site.url(chapter));
    await open.page.mouse.move(5, 5);
    await open.page.locator('.toc-read').wait();
    await open.page.evaluate(() => {
      document.querySelectorAll('main h2')[4]?.scrollIntoView();
    });
    const text = (selector: string) =>
      open.page.evaluate((at) => document.querySelector<HTMLElement>(at)?.innerText ?? '', selector);
    await expect.poll(() => text('.toc-read')).toMatch(/^[1-9]\d?%$/u);
    const place = () => open.page.evaluate(() => localStorage.getItem('course-place / threading-thread') ?? '{}');
    await expect.poll(place).toContain('"read"');
    const { title } = JSON.parse(await place()) as { readonly title: string };
    const from = await open.page.evaluate(() => scrollY);
    await open.page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.toc a')].at(-1)?.click());
    await open.page.locator('.chip-go').click();
    await expect.poll(() => open.page.evaluate(() => scrollY)).toBe(from);
    await expect.poll(place).toContain(title);
    await open.page.goto(open.site.url(''));
    expect(await text('.home-start')).toContain(title);
    await open.page.goto(open.site.url(chapter));
    await expect.poll(() => text('.chip-go')).toBe(`Back to where I was: ${title}`);
    expect(open.complaints).toEqual([]);
  });

  it('folds a recorded output over forty lines', async () => {
    const shown = () =>
      open.page.evaluate(() => document.querySelector('#thread-help .out-rest samp')?.checkVisibility());
    expect(await shown()).toBe(false);
    await open.page.locator('#thread-help .out-rest > summary').click();
    expect(await shown()).toBe(true);
  });
});
