/** A cell without its engine: no JavaScript, a runtime that cannot be fetched, a module that does not come. */
import { expect, it } from 'vitest';
import { blocks, openChapter } from './support/cell-page.ts';

const chapter = 'what-python-executes/';

it('is complete without JavaScript, with no button that cannot act', async () => {
  await using open = await openChapter(chapter, { javaScriptEnabled: false });
  // Those of exercises have no output, or hide it; exercise.test.ts looks at them.
  const count = await open.page.locator('py-cell:not(py-exercise *) .cell:visible').count();
  expect(count).toBeGreaterThan(20);
  expect(await open.page.locator('py-cell .out:visible').count()).toBeGreaterThan(20);
  expect(await open.page.locator('py-cell button:visible').count()).toBe(0);
  expect(await open.page.locator('py-cell:not(py-exercise *) .cell-provenance:visible').count()).toBe(count);
});

it('keeps its header as it is when the element comes alive', async () => {
  await using without = await openChapter(chapter, { javaScriptEnabled: false });
  await using live = await openChapter(chapter);
  await live.page.locator('py-cell:defined').first().waitFor();
  const heights = (open: typeof live) =>
    open.page
      .locator('py-cell:not(py-exercise *) .cell')
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
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
  await cell.getByText(/^Ran here/).waitFor();
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
  // The failed state stands until the code has come, so only the live output tells that it has.
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.getByText(/^Ran here/).waitFor();
  expect(await cell.getByText('Cannot load Python.').count()).toBe(0);
});

it('shows why a recorded cell cannot run, and no Run', async () => {
  await using open = await openChapter('threads-and-processes/');
  const cell = open.cell('native-ids');
  expect(await cell.locator('.cell-reason').textContent()).toMatch(/^Recorded only: .*kernel threads/);
  expect(await cell.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0);
  await cell.getByRole('button', { name: 'Copy', exact: true }).waitFor();
});
