/** Cells far from the screen are not laid out, and the reader sees nothing of that: no jump, no edge that cuts. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
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

async function opened(address: string, width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await gotoWhole(page, site.url(address));
  return page;
}

const widths = [390, 1280];

describe.each(widths)('at %i px', (width) => {
  it('nothing moves while the reader scrolls to the end', async () => {
    const page = await opened('generator-concurrency/', width);
    const shifts = await page.evaluate(async () => {
      const seen: number[] = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          if ('value' in entry && typeof entry.value === 'number') seen.push(entry.value);
      }).observe({ type: 'layout-shift', buffered: true });
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let before = -1; before !== scrollY;) {
        before = scrollY;
        scrollBy(0, innerHeight / 4);
        await frame();
      }
      await frame();
      return seen;
    });
    await page.close();
    expect(shifts).toEqual([]);
  });

  it('a link into the middle of a chapter shows its section', async () => {
    const page = await opened('generator-concurrency/#exercises', width);
    const top = await page.locator('#exercises').evaluate((heading) => heading.getBoundingClientRect().top);
    await page.close();
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(160);
  });
});

const chapter8 = 'shared-state-and-synchronization/';
it.each(['classic-demo-native', 'lock-turns', 'lock', 'further-reading', 'next'])(
  'opened at #%s, below native cells and exercises, nothing moves, at each width',
  async (anchor) => {
    const shiftAt = async (width: number) => {
      const page = await opened(`${chapter8}#${anchor}`, width);
      const shift = await page.evaluate(async () => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            if ('value' in entry && typeof entry.value === 'number') sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        await customElements.whenDefined('py-exercise');
        for (let frames = 0; frames < 5; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
        return sum;
      });
      await page.close();
      return { width, shift };
    };
    for (const { width, shift } of await Promise.all(widths.map(shiftAt)))
      expect(shift, `at ${width} px`).toBeLessThan(0.001);
  },
);

it('a menu that opens over the lower edge of its cell is whole', async () => {
  const page = await opened('generator-concurrency/', 1280);
  const cell = page.locator('#unprimed');
  await cell.locator('.cell-menu summary').click();
  const last = cell.locator('.cell-menu-items button').last();
  await last.scrollIntoViewIfNeeded();
  const isOnTop = () =>
    last.evaluate((button) => {
      const { x, y, width, height } = button.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === button;
    });
  expect(await isOnTop()).toBe(true);
  await page.mouse.move(5, 5);
  expect(await isOnTop()).toBe(true);
  await page.close();
});
