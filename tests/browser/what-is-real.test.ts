/** The page of what is real: its groups of test results open, on a phone too, and it is found from cells that cannot run. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringAxe, faultsAtWidths } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite, type Site } from './support/site.ts';

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

it('shows what an area failed, and why, when its group is opened', async () => {
  const page = await browser.newPage();
  await page.goto(site.url('what-is-real/'));
  const table = page.getByRole('region', { name: 'Tests that fail: Processes' });
  expect(await table.isVisible()).toBe(false);
  await page.getByText(/^Processes: [\d,]+ passed, \d+ failed, \d+ skipped$/).click();
  await table.getByRole('row', { name: /^subprocess \d+ \d+ \d+$/ }).waitFor();
  await page.getByText('They pass a preexec_fn, which runs between fork and exec').filter({ visible: true }).waitFor();
  await page.close();
});

it('fits a phone and has no accessibility fault with all groups open', async () => {
  // Its policy would refuse axe.
  await using context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(site.url('what-is-real/'));
  const opened = await page.locator('main details').evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '');
    return all.length;
  });
  expect(opened).toBeGreaterThan(5);
  await bringAxe(page);
  expect(await faultsAtWidths(page, [1280, 390])).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

it('is one press away from a cell that cannot run in a page', async () => {
  const page = await browser.newPage();
  await page.goto(site.url('threads-and-processes/'));
  await page.getByRole('link', { name: 'Recorded only' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'What is real here' }).waitFor();
  await page.close();
});
