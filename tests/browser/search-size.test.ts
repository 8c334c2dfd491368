/** What a query reads of the index in a long course: measured at two lengths, from which that at 1,000 chapters follows. */
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { searchIndex } from '../budgets.ts';
import { siteWithLargeIndex } from '../search/large-index.ts';
import { queryCosts, type QueryCost } from '../search/query-cost.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite } from './support/site.ts';

let browser: Browser;
const folders: string[] = [];
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const [SMALLER, LARGER] = [50, 250];
/** A name; another; a word that the course has in some sections; one of titles; one that is misspelt. */
const queries = ['work_7_3', 'work_19_5', 'lewa', 'section', ['lewwa', 'lewa']] as const;

async function costsAt(chapters: number): Promise<readonly QueryCost[]> {
  const folder = await siteWithLargeIndex(inject('siteFolder'), chapters);
  folders.push(folder);
  await using site = await serveSite({ folder });
  return await queryCosts(browser, site.home, queries);
}

it('a first query reads at most 100 KB of the index at 1,000 chapters, each further one 30 KB', async () => {
  const [smaller, larger] = [await costsAt(SMALLER), await costsAt(LARGER)];
  const atLength = larger.map(({ query, bytes }, at) => {
    const growth = (bytes - (smaller[at]?.bytes ?? 0)) / (LARGER - SMALLER);
    return { query, bytes: bytes + Math.max(growth, 0) * (searchIndex.chapters - LARGER) };
  });
  const told = JSON.stringify([smaller, larger, atLength], undefined, 1);
  expect(larger[0]?.parts['metadata'], told).toBeGreaterThan(smaller[0]?.parts['metadata'] ?? Infinity);
  expect(atLength[0]?.bytes, told).toBeLessThanOrEqual(searchIndex.first);
  for (const { bytes } of atLength.slice(1)) expect(bytes, told).toBeLessThanOrEqual(searchIndex.next);
  // Narrowing is not read until a reader asks for it.
  expect(larger.some(({ parts }) => 'narrowing' in parts)).toBe(false);
});
