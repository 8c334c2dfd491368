/** Search in WebKit: it opens by button and by key, finds, leads to a section, and gives the focus back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readComplaints } from './support/complaints.ts';
import { missing, openWebKit, widths, type WebKitPage } from './support/webkit.ts';

const field = '#search-dialog input';
const results = '.search-result a';

describe.skipIf(missing)('search in WebKit', () => {
  let open: WebKitPage;
  beforeAll(async () => {
    open = await openWebKit();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const focused = (selector: string) =>
    open.driver.evaluate((selector) => document.activeElement?.matches(selector) === true, selector);
  const address = () => open.driver.evaluate(() => location.href);
  const firstResult = () =>
    open.driver.evaluate((results) => document.querySelector<HTMLAnchorElement>(results)?.href, results);

  it('loads nothing until it is opened', async () => {
    await open.open('');
    expect(open.site.requests.filter((asked) => asked.includes('pagefind'))).toEqual([]);
  });

  it.each(widths)(
    'is opened at %i px by its button, fits the window, and finds a section that it leads to',
    async (width) => {
      await open.open('', width);
      await open.press('[data-search-open]');
      await expect.poll(() => focused(field)).toBe(true);
      await open.driver.type('daemon thread');
      await expect.poll(() => open.shown(results)).toBe(true);
      const over = await open.driver.evaluate(() =>
        [...document.querySelectorAll('#search-dialog *')]
          .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth)
          .map((each) => each.outerHTML.slice(0, 120)),
      );
      expect(over).toEqual([]);
      const target = await firstResult();
      expect(target).toMatch(/\/threading-timers-daemons-helpers\/#/);
      await open.press(results);
      await expect.poll(address).toBe(target);
      const inView = () =>
        open.driver.evaluate(() => {
          const { top } = document.getElementById(location.hash.slice(1))?.getBoundingClientRect() ?? {};
          return top !== undefined && top >= 0 && top < innerHeight;
        });
      await expect.poll(inView).toBe(true);
    },
  );

  it.each(['Control+k', '/'])('is opened with %s, and Escape gives the focus back', async (keys) => {
    await open.open('glossary/');
    await open.driver.evaluate(() => {
      document.querySelector<HTMLElement>('[data-search-open]')?.focus();
    });
    await open.driver.press(keys);
    await expect.poll(() => focused(field)).toBe(true);
    expect(await open.driver.evaluate((field) => document.querySelector<HTMLInputElement>(field)?.value, field)).toBe(
      '',
    );
    await open.driver.press('Escape');
    await expect.poll(() => open.shown(field)).toBe(false);
    await expect.poll(() => focused('[data-search-open]')).toBe(true);
  });

  it('is worked by keyboard: down to a result, Enter to go', async () => {
    await open.open('');
    await open.driver.press('/');
    await expect.poll(() => focused(field)).toBe(true);
    await open.driver.type('iterator');
    await expect.poll(() => open.shown(results)).toBe(true);
    const target = await firstResult();
    await open.driver.press('ArrowDown');
    await open.driver.press('Enter');
    await expect.poll(address).toBe(target);
  });

  it('finds a misspelt word and says which word it took it for', async () => {
    await open.open('');
    await open.driver.press('/');
    await expect.poll(() => focused(field)).toBe(true);
    await open.driver.type('genarator');
    await expect
      .poll(() => open.texts('#search-dialog pagefind-summary'))
      .toEqual([expect.stringMatching(/results? for generator/)]);
  });

  it('did all that without a complaint', async () => {
    await open.open('');
    expect(await readComplaints(open.driver)).toEqual([]);
  });
});
