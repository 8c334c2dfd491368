/** A cell without its engine: no JavaScript, a runtime that cannot be fetched, a module that does not come. */
import { expect, it } from 'vitest';
import { blocks, openChapter } from './support/cell-page.ts';

const chapter = 'what-python-executes/';

it('is complete without JavaScript, with no button that cannot act', async () => {
  await using open = await openChapter(chapter, { javaScriptEnabled: false });
  // Some stand in solutions that are not open yet.
  const count = await open.page.locator('py-cell .cell:visible').count();
  expect(count).toBeGreaterThan(20);
  expect(await open.page.locator('py-cell .out:visible').count()).toBeGreaterThan(20);
  expect(await open.page.locator('py-cell button:visible').count()).toBe(0);
  expect(await open.page.locator('py-cell .cell-provenance:visible').count()).toBe(count);
});

it('keeps its header as it is when the element comes alive', async () => {
  await using without = await openChapter(chapter, { javaScriptEnabled: false });
  await using live = await openChapter(chapter);
  await live.page.locator('py-cell:defined').first().waitFor();
  const heights = (open: typeof live) =>
    open.page.locator('.cell').evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
  expect(await heights(live)).toEqual(await heights(without));
});

it('keeps the recorded output, says what failed, and tries again', async () => {
  await using open = await openChapter(chapter);
  await open.page.route('**/runtime/**', (route) => route.abort());
  const recorded = await blocks(open.cell('cache-edges'));
  await open.run('cache-edges');
  const cell = open.cell('cache-edges');
  expect(await cell.locator('.cell-notice').textContent()).toMatch(/Python could not be downloaded\..*connection/);
  expect(await blocks(cell)).toEqual(recorded);
  expect(await cell.locator('.cell-provenance').textContent()).toMatch(/^Recorded/);
  await open.page.unroute('**/runtime/**');
  await cell.getByRole('button', { name: 'Try again' }).click();
  await cell.getByText(/^Live, /).waitFor();
  expect(await cell.locator('.cell-notice').count()).toBe(0);
  expect(await blocks(cell)).toEqual(recorded);
});

it('says so when its own code cannot be fetched', async () => {
  await using open = await openChapter(chapter);
  await open.page.route('**/_astro/actions*', (route) => route.abort());
  const cell = open.cell('cache-edges');
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.getByText('Cannot load Python. Check the connection and press Run again.').waitFor();
  await open.page.unroute('**/_astro/actions*');
  await open.run('cache-edges');
  expect(await cell.locator('.cell-provenance').textContent()).toMatch(/^Live, /);
});

it('shows why a recorded cell cannot run, and no Run', async () => {
  await using open = await openChapter(chapter);
  const cell = open.cell('three-races');
  expect(await cell.locator('.cell-reason').textContent()).toMatch(/^Recorded only: Needs threads/);
  expect(await cell.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0);
  expect(await cell.getByRole('button', { name: 'Copy', exact: true }).isVisible()).toBe(true);
});
