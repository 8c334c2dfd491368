/** A page with a reader's edits costs what any page costs, whatever chapter it is and however many its edits are. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { budget, measurePage } from '../page/measure.ts';
import { launchChromium } from './support/chromium.ts';
import { chapters } from './support/course.ts';
import { serveSite } from './support/site.ts';

const key = (slug: string, id: string): string => `course-edit /${slug}/#${id}`;

/** Every cell that a reader can edit at once, changed: three lines more than its author's. */
function allEdited(slug: string): readonly { readonly id: string; readonly entry: readonly [string, string] }[] {
  const cells = chapters.find((one) => one.slug === slug)?.cells ?? [];
  return cells
    .filter(({ cell }) => cell.options.native === undefined)
    .map(({ cell: { id, source } }) => {
      const original = source.replace(/\n$/, '');
      return { id, entry: [key(slug, id), JSON.stringify({ original, source: `# one\n# two\n\n${original}` })] };
    });
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const edited = chapters.map(({ slug }) => slug).filter((slug) => allEdited(slug).length > 0);

it('there are chapters with cells to edit', () => {
  expect(edited.length).toBeGreaterThan(0);
});

it.each(edited)('%s is within its budget with every cell edited, and nothing moves', async (slug) => {
  await using site = await serveSite();
  const edits = allEdited(slug);
  const middle = edits[Math.floor(edits.length / 2)]?.id ?? '';
  const kept = edits.map(({ entry }) => entry);
  // In the middle of the page, so that what moves would be seen.
  const address = site.url(`${slug}/#${middle}`);
  const atWidth = async (width: number): Promise<void> => {
    const bare = await measurePage(browser, address, width);
    const cost = await measurePage(browser, address, width, kept, async (page) => {
      await page.locator(`py-cell[id="${middle}"][data-edited]`).waitFor();
    });
    const asked = `${slug} at ${width} px, ${cost.styles + cost.scripts} bytes:\n${cost.requests.join('\n')}`;
    expect(cost.requests.length, asked).toBeLessThanOrEqual(budget.requests);
    expect(cost.styles + cost.scripts, asked).toBeLessThanOrEqual(cost.allowed);
    // Three lines are more than a hundredth; what is far above the screen is laid out as on any visit.
    expect(cost.shift - bare.shift, `${asked}\n${cost.moved.join('\n')}`).toBeLessThan(0.005);
  };
  await Promise.all([390, 1280].map(atWidth));
});
