/** Search puts first what the readers of this course look for: the queries of `content/tests/queries.json`. */
import { expect, inject, it } from 'vitest';
import { launchChromium } from '../../../tests/browser/support/chromium.ts';
import { serveSite } from '../../../tests/browser/support/site.ts';
import { judge, share } from '../../../tests/search/judge.ts';

it('puts the section that a reader wants first in nine of ten queries, and among three in nineteen of twenty', async () => {
  await using site = await serveSite();
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(site.home);
  const verdicts = await judge(page, site.home, inject('siteFolder'));
  const missed = verdicts.filter(({ rank }) => rank !== 1).map(({ query, first }) => `${query}: ${first}`);
  expect(verdicts.length).toBeGreaterThanOrEqual(40);
  expect(share(verdicts, 1), missed.join('\n')).toBeGreaterThanOrEqual(0.9);
  expect(share(verdicts, 3), missed.join('\n')).toBeGreaterThanOrEqual(0.95);
});
