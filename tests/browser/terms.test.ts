/** Terms of the glossary open in place, by pointer, tap and key, and lead on; the glossary has an index of its letters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { glossaryFile, parseGlossary } from '../../src/chapters/glossary.ts';
import { axeFaults, bringAxe } from './support/axe.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { chapters, courseRoot } from './support/course.ts';

const chapter = 'threading-thread/';
const { entries } = parseGlossary(readFileSync(join(courseRoot, glossaryFile), 'utf8'));

let open: CellPage;
const start = async (options: BrowserContextOptions = {}): Promise<void> => {
  open = await openChapter(chapter, options);
};
const faults = async (parts: readonly string[]): Promise<readonly string[]> => {
  await bringAxe(open.page);
  return axeFaults(open.page, parts);
};
afterEach(() => open[Symbol.asyncDispose]());

/** A term that another chapter explains. */
const term = (): Locator => open.page.locator('main a.term[data-see]:not([data-see^="threading-thread"])').first();
const box = (): Locator => open.page.locator('.term-box:popover-open');
const entryOf = async (of: Locator) => {
  const id = new URL((await of.getAttribute('href')) ?? '', open.page.url()).hash.slice(1);
  const entry = entries.find((each) => each.id === id);
  if (!entry) throw new Error(`The glossary has no ${id}.`);
  return entry;
};

describe('a term', () => {
  it('opens under a resting pointer, stays while the pointer goes over to it, and closes when it leaves', async () => {
    await start();
    const { definition } = await entryOf(term());
    await term().hover();
    await box().waitFor();
    expect(await box().locator('.term-text').innerText()).toBe(definition.replaceAll('`', ''));
    expect(await term().getAttribute('title')).toBeNull();
    await box().hover();
    expect(await box().isVisible()).toBe(true);
    await open.page.mouse.move(2, 2);
    await box().waitFor({ state: 'detached' });
  });

  it('stays when a click follows the pause that opened it, also when the pointer leaves', async () => {
    await start();
    await term().hover();
    await box().waitFor();
    await open.page.mouse.down();
    await open.page.mouse.up();
    await open.page.locator('.term-box[data-asked]').waitFor();
    expect(await box().count()).toBe(1);
    expect(await term().getAttribute('aria-expanded')).toBe('true');
    await open.page.mouse.move(2, 2);
    expect(await box().isVisible()).toBe(true);
    await open.page.keyboard.press('Escape');
    await box().waitFor({ state: 'detached' });
    expect(await term().getAttribute('aria-expanded')).toBeNull();
  });

  it('opens by Enter, is spoken, has its links next in order, and Escape gives the focus back', async () => {
    await start();
    const { definition, see = '' } = await entryOf(term());
    await term().focus();
    await open.page.keyboard.press('Enter');
    await box().waitFor();
    await expect
      .poll(() => open.page.locator('body > [role="status"]').innerText())
      .toBe(definition.replaceAll('`', ''));
    expect(await term().getAttribute('aria-expanded')).toBe('true');
    expect(await faults(['p:has(.term-box)', '.term-box'])).toEqual([]);
    await open.page.keyboard.press('Tab');
    const focused = open.page.locator(':focus');
    expect(await focused.innerText()).toMatch(/^Explained in chapter \d+$/u);
    await open.page.keyboard.press('Escape');
    await box().waitFor({ state: 'detached' });
    expect(await term().evaluate((element) => element === document.activeElement)).toBe(true);
    await open.page.keyboard.press('Enter');
    await box().waitFor();
    await open.page.keyboard.press('Tab');
    await open.page.keyboard.press('Enter');
    await open.page.waitForURL(open.site.url(see.replace('#', '/#')));
  });

  it('opens by a tap on a phone, within the page, and leads to the glossary', async () => {
    await start({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const { id } = await entryOf(term());
    await term().tap();
    await box().waitFor();
    const at = await box().boundingBox();
    expect(at?.x).toBeGreaterThanOrEqual(0);
    expect((at?.x ?? 0) + (at?.width ?? 0)).toBeLessThanOrEqual(390);
    expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(open.page.url()).toBe(open.site.url(chapter));
    await box().getByRole('link', { name: 'In the glossary' }).tap();
    await open.page.waitForURL(open.site.url(`glossary/#${id}`));
  });

  it('opens by the first tap wherever it stands, at once after a jump over cells that were never laid out', async () => {
    await start({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    for (const { slug, cells } of chapters.filter(({ cells }) => cells.length > 0)) {
      const visit = () => open.page.goto(open.site.url(`${slug}/`), { waitUntil: 'networkidle' });
      await visit();
      const terms = open.page.locator('main a.term:visible');
      for (const [at, id] of (await terms.evaluateAll((all) => all.map(({ textContent }) => textContent))).entries()) {
        await visit();
        await terms.nth(at).tap();
        await box()
          .waitFor({ timeout: 10_000 })
          .catch(() => {
            throw new Error(`${slug}, of ${cells.length} cells: a tap on “${id}” missed.`);
          });
      }
    }
  });

  it('keeps its box when the page is laid out anew', async () => {
    await start({ viewport: { width: 390, height: 844 } });
    await term().click();
    await box().waitFor();
    const apart = async () => {
      const [words, of] = await Promise.all([term().boundingBox(), box().boundingBox()]);
      if (!words || !of) return Infinity;
      return Math.round(of.y < words.y ? words.y - of.y - of.height : of.y - words.y - words.height);
    };
    const before = await apart();
    await open.page.setViewportSize({ width: 844, height: 390 });
    await expect.poll(apart).toBe(before);
    const at = await box().boundingBox();
    expect((at?.x ?? 0) + (at?.width ?? 0)).toBeLessThanOrEqual(844);
  });

  it('one at a time: another closes the first, and a press elsewhere closes it', async () => {
    await start();
    const terms = open.page.locator('main a.term');
    await terms.nth(0).click();
    await box().waitFor();
    await terms.nth(1).focus();
    await open.page.keyboard.press('Enter');
    await expect.poll(() => open.page.locator('.term-box').count()).toBe(1);
    expect(await terms.nth(0).getAttribute('aria-expanded')).toBeNull();
    expect(await terms.nth(1).getAttribute('aria-expanded')).toBe('true');
    await open.page.locator('h1').click();
    await expect.poll(() => open.page.locator('.term-box').count()).toBe(0);
  });

  it('is a link where its script does not come, and without scripts', async () => {
    await start();
    const { id } = await entryOf(term());
    await open.page.route('**/terms.*.js', (route) => route.abort());
    await term().click();
    await open.page.waitForURL(open.site.url(`glossary/#${id}`));
    await using plain = await openChapter(chapter, { javaScriptEnabled: false });
    await plain.page.locator('main a.term').first().click();
    await plain.page.waitForURL(/\/glossary\/#/u);
  });
});

it('the glossary leads by letter to every term', async () => {
  open = await openChapter('glossary/');
  const letters = open.page.getByRole('navigation', { name: 'Letters' }).getByRole('link');
  const wanted = [...new Set(entries.map((entry) => entry.term.charAt(0).toUpperCase()))];
  expect(await letters.allInnerTexts()).toEqual(wanted);
  expect(await open.page.locator('dl.glossary dt').count()).toBe(entries.length);
  await letters.getByText('C', { exact: true }).click();
  const heading = open.page.getByRole('heading', { name: 'C', exact: true });
  // Below the bars that stand above it.
  const bars = await open.page.locator('.letters').boundingBox();
  await expect
    .poll(async () => (await heading.boundingBox())?.y)
    .toBeGreaterThanOrEqual((bars?.y ?? 0) + (bars?.height ?? 0));
  const first = open.page.locator('h2#letter-c + dl dt').first();
  expect(await first.innerText()).toMatch(/^c/iu);
  expect(await faults([])).toEqual([]);
  await using phone = await openChapter('glossary/', { viewport: { width: 390, height: 844 } });
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
