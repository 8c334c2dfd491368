/** A chapter is as long before its cells are laid out as after, for cells far from the screen are not. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { chapters } from './support/course.ts';
import { serveSite, type Site } from './support/site.ts';
import { gotoWhole } from '../page/goto-whole.ts';

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

interface Screen {
  readonly width: number;
  readonly touch: boolean;
}

async function opened(address: string, { width, touch }: Screen): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, hasTouch: touch, isMobile: touch });
  await gotoWhole(page, site.url(address));
  return page;
}

/** Heights of all cells in px, before and after they are laid out. */
function heights(page: Page): Promise<{ id: string; told: number; real: number }[]> {
  return page.evaluate(() => {
    const cells = [...document.querySelectorAll('py-cell')];
    const told = cells.map((cell) => cell.getBoundingClientRect().height);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('py-cell { content-visibility: visible !important }');
    document.adoptedStyleSheets = [sheet];
    return cells.map((cell, index) => ({
      id: cell.id,
      told: told[index] ?? 0,
      real: cell.getBoundingClientRect().height,
    }));
  });
}

/** Where a finger points, buttons are higher. */
const screens: readonly Screen[] = [
  { width: 390, touch: false },
  { width: 390, touch: true },
  { width: 1280, touch: false },
  { width: 1280, touch: true },
];

const withCells = chapters.filter(({ cells }) => cells.length > 0).map(({ slug }) => `${slug}/`);

it.each(withCells)('%s is as long as it will be, on each screen', async (chapter) => {
  const all = await Promise.all(
    screens.map(async (screen) => {
      const page = await opened(chapter, screen);
      const cells = await heights(page);
      await page.close();
      return { screen, cells };
    }),
  );
  for (const { screen, cells } of all) {
    const at = `at ${screen.width} px${screen.touch ? ', touched' : ''}`;
    const sum = (of: 'told' | 'real') => cells.reduce((total, cell) => total + cell[of], 0);
    expect(Math.abs(sum('told') / sum('real') - 1), at).toBeLessThan(0.02);
    // In how many lines the words below an output break is a guess that may be wrong by one; a scroll bar is not foreseen.
    const wrong = (by: number) => cells.filter(({ told, real }) => Math.abs(told - real) > by);
    expect(wrong(20), at).toEqual([]);
    // One in ten, and one in a chapter of a few cells. Errors of many cells add up, so that the page moves under a finger.
    expect(wrong(4).length, `${at}: ${JSON.stringify(wrong(4))}`).toBeLessThan(Math.max(2, cells.length / 10));
  }
});
