/** The chooser of the playground: every sample of whatever course, loaded when asked for. */
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { openChapter } from './support/cell-page.ts';
import { editedText, replaceCode } from './support/editing.ts';

interface Chapter {
  readonly title: string;
  readonly cells: readonly { id: string; words: string; source: string; mode: string; after?: string }[];
}

it('opens a sample of the course with all that it continues, and asks before it replaces the reader’s own code', async () => {
  await using on = await openChapter('playground/');
  const { page } = on;
  expect(on.asked.filter((url) => url.includes('samples'))).toEqual([]);
  const chapters = (await (await fetch(on.site.url('samples.json'))).json()) as readonly Chapter[];
  expect(chapters.length).toBeGreaterThan(1);
  const at = chapters.findIndex(({ cells }) => cells.some(({ after }) => after !== undefined));
  const { cells, title } = chapters[at] ?? { cells: [], title: '' };
  const sample = cells.find(({ after }) => after !== undefined);
  const parts: string[] = [];
  for (let next = sample; next;) {
    parts.unshift(next.source.trim());
    const { after }: Chapter['cells'][number] = next;
    next = cells.find(({ id }) => id === after);
  }
  await page.getByRole('button', { name: 'Samples', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Chapter' }).selectOption({ label: title });
  await page
    .getByRole('combobox', { name: 'Sample' })
    .selectOption({ index: cells.findIndex((cell) => cell === sample) });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const cell = on.cell(sample?.mode ?? '');
  await cell.getByText('This is a sample of the course. It runs when you press Run.').waitFor();
  expect(await editedText(cell)).toBe(parts.join('\n\n\n'));
  expect(on.asked.filter((url) => url.includes('/runtime/'))).toEqual([]);

  await replaceCode(cell, 'mine = 1');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await cell.getByText('The sample is other code than you have here.').waitFor();
  expect(await editedText(cell)).toBe('mine = 1');
  await cell.getByRole('button', { name: 'Keep mine' }).click();
  await page.locator('.playground-examples').getByRole('button', { name: 'Close' }).click();
  expect(await page.locator(':focus').innerText()).toBe('Samples');
});

it('says when the samples cannot be loaded, and loads them the next time', async () => {
  await using on = await openChapter('playground/');
  await on.page.route('**/samples.json', (route) => route.abort());
  const button = on.page.getByRole('button', { name: 'Samples', exact: true });
  await button.click();
  await on.cell('script').getByText('Cannot load the samples.').waitFor();
  await on.page.unroute('**/samples.json');
  await button.click();
  await on.page.getByRole('combobox', { name: 'Sample' }).waitFor();
});

it.each([390, 1280])('has no fault that axe finds, and fits, at %i pixels', async (width) => {
  await using on = await openChapter('playground/', { viewport: { width, height: 900 } });
  await bringAxe(on.page);
  await on.page.getByRole('button', { name: 'Samples', exact: true }).click();
  await on.page.getByRole('combobox', { name: 'Sample' }).waitFor();
  expect(await faultsInBothThemes(on.page)).toEqual([]);
  expect(await on.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
