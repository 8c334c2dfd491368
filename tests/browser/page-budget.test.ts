/** Every page stays within its budget of bytes and requests before the reader does anything. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { pagesIn } from '../../src/build/pages.ts';
import { budget, measurePage } from '../page/measure.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite } from './support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const pages = (await pagesIn(inject('siteFolder'))).filter((page) => page !== '404.html');

it.each(pages)('%s is within its budget, and nothing in it moves while it loads', async (file) => {
  await using site = await serveSite();
  const address = site.url(file.replace(/index\.html$/, ''));
  const costs = await Promise.all([390, 1280].map((width) => measurePage(browser, address, width)));
  for (const cost of costs) {
    expect(cost.requests.length, cost.requests.join('\n')).toBeLessThanOrEqual(budget.requests);
    expect(cost.styles).toBeGreaterThan(0);
    expect(cost.styles + cost.scripts).toBeLessThanOrEqual(cost.allowed);
    expect(cost.shift, cost.moved.join('\n')).toBe(budget.shift);
  }
});
