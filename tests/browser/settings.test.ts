/** What readers set for themselves: applied at once, kept, there before the next page is painted; and the map of keys. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, bringAxe } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite, type Site } from './support/site.ts';

const chapter = 'concurrency-vs-parallelism/';
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

async function open(options: BrowserContextOptions = {}, path = chapter): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(site.url(path));
  return page;
}

async function choose(page: Page, setting: string, choice: string): Promise<void> {
  const menu = page.getByRole('group', { name: 'Settings' });
  if (!(await menu.isVisible())) await page.getByRole('button', { name: 'Settings' }).click();
  await menu.getByRole('group', { name: setting }).getByRole('radio', { name: choice, exact: true }).check();
}

const textSize = (page: Page): Promise<number> =>
  page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
const ink = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).color);

describe('a setting', () => {
  it.each([
    ['Theme', 'Dark', 'System', 'theme', 'dark'],
    ['Text size', 'Large', 'Normal', 'textsize', 'large'],
    ['Contrast', 'High', 'System', 'contrast', 'more'],
    ['Motion', 'Reduced', 'System', 'motion', 'reduce'],
    ['Long lines of code', 'Wrap', 'Scroll', 'longlines', 'wrap'],
  ])('%s: %s is there before the next page is painted, in every tab, and %s keeps nothing', async (...given) => {
    const [setting, choice, initial, name, value] = given;
    const page = await open();
    const other = await page.context().newPage();
    await other.goto(site.home);
    const set = (from: Page) => from.evaluate((key) => document.documentElement.dataset[key], name);
    await choose(page, setting, choice);
    expect(await set(page)).toBe(value);
    await expect.poll(() => set(other)).toBe(value);
    // When the body begins to exist, long before any module runs.
    await page.addInitScript((key) => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('body') === null) return;
        seen.disconnect();
        document.documentElement.dataset['atFirst'] = document.documentElement.dataset[key] ?? 'none';
      });
      seen.observe(document, { childList: true, subtree: true });
    }, name);
    await page.goto(site.home);
    expect(await page.evaluate(() => document.documentElement.dataset['atFirst'])).toBe(value);
    await page.getByRole('button', { name: 'Settings' }).click();
    expect(await page.getByRole('radio', { name: choice, exact: true }).isChecked()).toBe(true);
    await choose(page, setting, initial);
    expect(await set(page)).toBeUndefined();
    await expect.poll(() => set(other)).toBeUndefined();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.context().close();
  });

  it('is chosen by keyboard alone, and Escape gives focus back to its button', async () => {
    const page = await open();
    const button = page.getByRole('button', { name: 'Settings' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('group', { name: 'Settings' }).isVisible()).toBe(false);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('lasts for the page where the browser keeps nothing, and the menu says so', async () => {
    const page = await open();
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await choose(page, 'Text size', 'Large');
    await page.getByRole('status').filter({ hasText: 'they last for this page' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['textsize'])).toBe('large');
    await page.context().close();
  });
});

it('makes all text larger, and no page wider than its screen', async () => {
  for (const width of [320, 390, 1280]) {
    const page = await open({ viewport: { width, height: 800 } });
    const normal = await textSize(page);
    await choose(page, 'Text size', 'Largest');
    expect((await textSize(page)) / normal).toBeCloseTo(1.375, 2);
    await page.keyboard.press('Escape');
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([width, Math.max(0, over)]).toEqual([width, 0]);
    await page.context().close();
  }
});

describe('high contrast', () => {
  const unread = (page: Page): Promise<readonly string[]> =>
    axeFaults(page, [], {
      runOnly: ['color-contrast-enhanced'],
      rules: { 'color-contrast-enhanced': { enabled: true } },
    });

  it.each(['light', 'dark'] as const)('gives every text of a page 7:1, in %s', async (colorScheme) => {
    const page = await open({ colorScheme, bypassCSP: true });
    await bringAxe(page);
    expect((await unread(page)).length).toBeGreaterThan(0);
    await choose(page, 'Contrast', 'High');
    await page.keyboard.press('Escape');
    expect(await unread(page)).toEqual([]);
    await page.context().close();
  });

  it('comes from the system where nothing else is chosen', async () => {
    const plain = await open();
    const page = await open({ contrast: 'more' });
    expect(await ink(page)).toBe('rgb(0, 0, 0)');
    await choose(page, 'Contrast', 'Normal');
    expect(await ink(page)).toBe(await ink(plain));
    await page.context().close();
    await plain.context().close();
  });
});

it('moves nothing between pages when less motion is chosen', async () => {
  const page = await open();
  const moving = () =>
    page.evaluate(async () => {
      const transition = document.startViewTransition(() => undefined);
      await transition.ready;
      const count = document.getAnimations().length;
      transition.skipTransition();
      return count;
    });
  expect(await moving()).toBeGreaterThan(0);
  await choose(page, 'Motion', 'Reduced');
  expect(await moving()).toBe(0);
  await page.context().close();
});

describe('the map of keys', () => {
  it('opens by ?, closes by Escape, and gives focus back', async () => {
    const page = await open();
    const search = page.getByRole('button', { name: 'Search' });
    await search.focus();
    await page.keyboard.press('?');
    const map = page.getByRole('dialog', { name: 'Keys' });
    await map.waitFor();
    expect(await map.innerText()).toMatch(/Ctrl\s*Enter\s+or\s+Shift\s*Enter\s+Run/);
    await page.keyboard.press('?');
    expect(await map.count()).toBe(1);
    await page.keyboard.press('Escape');
    await map.waitFor({ state: 'detached' });
    expect(await search.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('stays away while the reader types: in an editor, in an answer, in search', async () => {
    const page = await open();
    const map = page.getByRole('dialog', { name: 'Keys' });
    const code = page.locator('py-cell[id="classify-code"]');
    await code.locator('pre.code').click();
    await code.locator('.cm-content').waitFor();
    await page.keyboard.type('?');
    expect(await code.locator('.cm-content').innerText()).toContain('?');
    const answer = page.locator('py-exercise textarea').first();
    await answer.focus();
    await page.keyboard.type('?');
    expect(await answer.inputValue()).toBe('?');
    await page.getByRole('button', { name: 'Search' }).click();
    const field = page.getByRole('searchbox');
    await field.waitFor();
    await page.keyboard.type('?');
    expect(await field.inputValue()).toBe('?');
    expect(await map.count()).toBe(0);
    await page.context().close();
  });
});

it('wraps code and output on a phone, static and in the editor, and lets what goes on in the next line hang', async () => {
  const page = await open({ viewport: { width: 390, height: 844 } }, 'what-python-executes/');
  const wide = (selector: string): Promise<number> =>
    page
      .locator(selector)
      .evaluateAll((all) => all.filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).length);
  const code = 'main pre, main .cell-output';
  expect(await wide(code)).toBeGreaterThan(5);
  await choose(page, 'Long lines of code', 'Wrap');
  await page.keyboard.press('Escape');
  await expect.poll(() => wide(code)).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const cell = page.locator('py-cell[id="cache-edges"]');
  await cell.locator('pre.code').click();
  await cell.locator('.cm-content').waitFor();
  expect(await wide('.cm-scroller')).toBe(0);
  // The words of a long line begin at three places: its own start, and the hanging ones below.
  const starts = await cell.locator('.cm-line', { hasText: 'cached = [' }).evaluate((line) => {
    const range = document.createRange();
    range.selectNodeContents(line);
    const boxes = [...range.getClientRects()];
    const rows = Map.groupBy(boxes, ({ top }) => Math.round(top / 4));
    return [...rows.values()].map((row) => Math.round(Math.min(...row.map(({ left }) => left))));
  });
  expect(starts.length).toBeGreaterThan(1);
  expect(starts[1]).toBeGreaterThan(starts[0] ?? Infinity);
  await page.reload();
  expect(await wide(code)).toBe(0);
  await page.goto(site.url('what-python-executes/#summary'));
  const top = await page.locator('#summary').evaluate((heading) => heading.getBoundingClientRect().top);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(160);
  await page.context().close();
});
