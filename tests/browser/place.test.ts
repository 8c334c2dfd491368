/** A long chapter has a sense of place: how much is read, a way back to where one was, long outputs folded. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { axeFaults, bringAxe } from './support/axe.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';

const chapter = 'threading-thread/';

let open: CellPage;
afterEach(() => open[Symbol.asyncDispose]());

/** The first thing that a reader does; only then what marks and keeps their place is loaded. */
async function act(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
  await page.locator('.toc-read').waitFor({ state: 'attached' });
}

const scrollTo = (page: Page, share: number) =>
  page.evaluate((part) => {
    window.scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * part);
  }, share);
const height = (page: Page): Promise<number> => page.evaluate(() => scrollY);
const kept = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(
    () => JSON.parse(localStorage.getItem('course-place / threading-thread') ?? '{}') as Record<string, unknown>,
  );
const back = (page: Page = open.page) => page.getByRole('button', { name: /^Back to where I was/u });

describe('how much is read', () => {
  const bar = (page: Page) =>
    page.locator('.outline-item[aria-current="page"]').evaluate((item) => {
      const { width } = getComputedStyle(item, '::after');
      return Number.parseFloat(width) / item.getBoundingClientRect().width;
    });

  it('stands in the outline, in words too, and nothing is fetched for it before a reader acts', async () => {
    open = await openChapter(chapter);
    await open.page.waitForLoadState('networkidle');
    expect(open.asked.filter((address) => /\/(?:place|chip)\./u.test(address))).toEqual([]);
    await scrollTo(open.page, 0.4);
    await open.page.waitForLoadState('networkidle');
    expect(open.asked.filter((address) => /\/(?:place|chip)\./u.test(address))).toEqual([]);
    await act(open.page);
    await scrollTo(open.page, 0.5);
    await expect.poll(() => bar(open.page)).toBeCloseTo(0.5, 1);
    await expect.poll(() => open.page.locator('.toc-read').innerText()).toMatch(/^(?:49|50|51)%$/u);
    const item = open.page.getByRole('link', { name: /, (?:49|50|51)% read$/u });
    expect(await item.getAttribute('aria-current')).toBe('page');
    expect(await open.page.locator('.toc [aria-current="location"]').count()).toBe(1);
    await scrollTo(open.page, 1);
    await expect.poll(() => open.page.locator('.toc-read').innerText()).toBe('100%');
    await bringAxe(open.page);
    expect(await axeFaults(open.page, ['.outline', '.toc'])).toEqual([]);
  });

  it('stands at the bar on a phone, in forced colours too', async () => {
    open = await openChapter(chapter, { viewport: { width: 390, height: 800 }, forcedColors: 'active' });
    await act(open.page);
    await scrollTo(open.page, 0.5);
    const drawn = () =>
      open.page.locator('.site-header').evaluate((header) => {
        const { width, backgroundColor } = getComputedStyle(header, '::after');
        return {
          width: Math.round(Number.parseFloat(width)),
          seen: backgroundColor !== getComputedStyle(header).backgroundColor,
        };
      });
    await expect.poll(drawn).toEqual({ width: 195, seen: true });
    expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

describe('back to where I was', () => {
  it('is offered after a link within the page, by keyboard, and gives back the look and the focus', async () => {
    open = await openChapter(chapter);
    const link = open.page.locator('main p a[href^="#"]').last();
    await act(open.page);
    await link.scrollIntoViewIfNeeded();
    const top = await link.evaluate((element) => element.getBoundingClientRect().top);
    await link.press('Enter');
    await back().waitFor();
    await bringAxe(open.page);
    expect(await axeFaults(open.page, ['.place-chip'])).toEqual([]);
    await back().press('Enter');
    await expect
      .poll(() => link.evaluate((element) => Math.round(element.getBoundingClientRect().top)))
      .toBeCloseTo(Math.round(top), -1);
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await back().count()).toBe(0);
  });

  it('is offered after a section was chosen beside the text, and can be closed', async () => {
    open = await openChapter(chapter);
    await act(open.page);
    await scrollTo(open.page, 0.3);
    const from = await height(open.page);
    await open.page.locator('.toc a').last().click();
    await back().click();
    await expect.poll(() => height(open.page)).toBe(from);
    await open.page.locator('.toc a').last().click();
    await back().waitFor();
    await open.page.getByRole('button', { name: 'Close', exact: true }).click();
    expect(await back().count()).toBe(0);
  });

  it('is not offered for a place that is in sight', async () => {
    open = await openChapter(chapter);
    const heading = open.page.locator('main h2').nth(3);
    await heading.evaluate((element) => {
      window.scrollTo(0, element.getBoundingClientRect().top + scrollY + 100);
    });
    await act(open.page);
    const id = (await heading.getAttribute('id')) ?? '';
    await open.page.locator(`.toc a[href="#${id}"]`).click();
    await open.page.waitForURL(open.site.url(`${chapter}#${id}`));
    await open.page.evaluate(
      () =>
        new Promise<void>((done) => {
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
        }),
    );
    expect(await back().count()).toBe(0);
  });

  /** Opened at its start again, after the reader came as far as a section. */
  async function openAgain(): Promise<Page> {
    open = await openChapter(chapter);
    await act(open.page);
    await open.page.locator('main h2').nth(4).scrollIntoViewIfNeeded();
    await expect.poll(() => kept(open.page)).toMatchObject({ format: 1 });
    await open.page.goto(open.site.url('glossary/'));
    await open.page.goto(open.site.url(chapter));
    await back().waitFor();
    return open.page;
  }
  const scrollOn = (page: Page, screens: number) =>
    page.evaluate((by) => {
      window.scrollBy(0, innerHeight * by);
    }, screens);

  it('gives way to a reader who reads on for a screen', async () => {
    const page = await openAgain();
    await scrollOn(page, 0.8);
    await page.mouse.click(3, 500);
    expect(await back().count()).toBe(1);
    await scrollOn(page, 0.3);
    await back().waitFor({ state: 'detached' });
  });

  it('gives way to what a reader does, who keeps the focus', async () => {
    const page = await openAgain();
    const copy = page.getByRole('button', { name: 'Copy', exact: true }).first();
    await copy.press('Enter');
    await back().waitFor({ state: 'detached' });
    expect(await copy.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('stays while it has the focus, and goes with it', async () => {
    const page = await openAgain();
    await back().focus();
    await scrollOn(page, 2);
    await expect.poll(() => height(page)).toBeGreaterThan(800);
    await page.keyboard.press('Tab');
    const close = page.getByRole('button', { name: 'Close', exact: true });
    expect(await close.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Tab');
    await back().waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });

  it('is offered when the chapter is opened again, and leads to the section', async () => {
    open = await openChapter(chapter);
    const heading = open.page.locator('main h2').nth(4);
    await act(open.page);
    await heading.scrollIntoViewIfNeeded();
    await expect.poll(() => kept(open.page)).toMatchObject({ format: 1 });
    await open.page.goto(open.site.url('glossary/'));
    const { title, section } = await kept(open.page);
    await open.page.goto(open.site.url(chapter));
    await back().waitFor();
    expect(await back().innerText()).toBe(`Back to where I was: ${String(title)}`);
    expect(await height(open.page)).toBe(0);
    // Looking at it from the start changes nothing.
    await act(open.page);
    expect((await kept(open.page))['section']).toBe(section);
    await back().click();
    await expect
      .poll(() => open.page.locator(`[id="${String(section)}"]`).evaluate((at) => at.getBoundingClientRect().top))
      .toBeLessThan(300);
    // A link to a section goes there and nowhere else; another chapter offers nothing.
    await open.page.goto(open.site.url(`${chapter}#next`));
    await open.page.goto(open.site.url('iterators-and-generators/'));
    await open.page.waitForLoadState('networkidle');
    expect(await back().count()).toBe(0);
  });

  it.each([
    '{"format":1,"section":7}',
    'nonsense',
    '{"format":1,"section":"gone","title":"<b>x</b>","read":0.5,"at":"2026-11-20T10:00:00.000Z"}',
  ])('is not offered for %s', async (text) => {
    open = await openChapter('iterators-and-generators/');
    await open.page.evaluate((value) => {
      localStorage.setItem('course-place / threading-thread', value);
    }, text);
    await open.page.goto(open.site.url(chapter));
    await open.page.waitForLoadState('networkidle');
    expect(await back().count()).toBe(0);
  });
});

describe('a recorded output over forty lines', () => {
  const cell = 'thread-help';
  const rest = (page: Page) => page.locator(`py-cell[id="${cell}"] .out-rest`);
  const hidden = (page: Page) => rest(page).locator('samp').first();

  it('is folded, says how many lines are hidden, and opens and closes by key', async () => {
    open = await openChapter(chapter);
    await rest(open.page).scrollIntoViewIfNeeded();
    const lines = (await open.cell(cell).locator('.cell-output .out').allTextContents())
      .join('')
      .trimEnd()
      .split('\n').length;
    expect(lines).toBeGreaterThan(40);
    const summary = rest(open.page).locator('summary');
    // It has words as soon as it is laid out.
    await expect.poll(() => summary.innerText()).toBe(`${lines - 30} more lines`);
    expect(await hidden(open.page).isVisible()).toBe(false);
    await summary.press('Enter');
    expect(await hidden(open.page).isVisible()).toBe(true);
    await bringAxe(open.page);
    expect(await axeFaults(open.page, [`[id="${cell}"]`])).toEqual([]);
    await summary.press('Enter');
    expect(await hidden(open.page).isVisible()).toBe(false);
  });

  it('is found by the browser’s own search, and opens for it', async () => {
    open = await openChapter(chapter);
    const words = (await hidden(open.page).textContent())?.trim().split('\n')[1]?.trim() ?? '';
    await open.page.goto('about:blank');
    await open.page.goto(open.site.url(`${chapter}#:~:text=${encodeURIComponent(words).replaceAll('-', '%2D')}`));
    await expect.poll(() => rest(open.page).getAttribute('open')).toBe('');
  });

  it('is whole on paper', async () => {
    open = await openChapter(chapter);
    await open.page.emulateMedia({ media: 'print' });
    expect((await hidden(open.page).boundingBox())?.height).toBeGreaterThan(50);
  });

  it('opens without scripts', async () => {
    open = await openChapter(chapter, { javaScriptEnabled: false });
    await rest(open.page).locator('summary').click();
    expect(await hidden(open.page).isVisible()).toBe(true);
  });
});
