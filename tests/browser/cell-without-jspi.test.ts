/** A browser that cannot suspend Python: plain cells and top-level await run; the others show what was recorded, and why. */
import { expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import { blocks, openChapter } from './support/cell-page.ts';
import { openFirefox } from './support/firefox.ts';
import { removeJspi, withoutJspi } from './support/without-jspi.ts';

const missing = findBrowser('firefox') === undefined;
const needy = 'py-cell[data-needs]:not([data-use])';
const browsers = /, which needs JavaScript Promise Integration \(JSPI\); Chrome or Edge from 137, .* have it\.$/;

async function openWithout(path: string) {
  const open = await openChapter(path);
  await removeJspi(open.page);
  await open.page.reload();
  return open;
}

it('shows what was recorded and why, and no button that cannot act, for every cell that needs it', async () => {
  await using open = await openChapter('threading-thread/');
  const recorded = await open.page.locator(`${needy} .cell-output`).allTextContents();
  expect(recorded.length).toBeGreaterThan(20);
  expect(await open.page.locator(`${needy} .cell-reason`).count()).toBe(0);
  await removeJspi(open.page);
  await open.page.reload();
  await open.page.locator(`${needy} .cell-reason`).first().waitFor();
  // A cell may stand in details that are closed.
  for (const details of await open.page.locator('main details').all())
    await details.evaluate((element: HTMLDetailsElement) => (element.open = true));
  expect(await open.page.locator(`${needy} .cell-output`).allTextContents()).toEqual(recorded);
  const reasons = await open.page.locator(`${needy} .cell-reason:visible`).allTextContents();
  expect(reasons).toHaveLength(recorded.length);
  for (const reason of reasons) expect(reason).toMatch(browsers);
  expect(await open.page.locator(`${needy} [data-action^="run"], ${needy} [data-action="stop"]`).count()).toBe(0);
  const lateBinding = open.cell('late-binding').locator('.cell-reason');
  expect(await lateBinding.textContent()).toMatch(
    /^Recorded only in this browser: it starts threads \(threading\.Thread\), /,
  );
  await open.cell('late-binding').getByRole('button', { name: 'Copy', exact: true }).click();
  expect(open.asked.filter((url) => url.includes('/runtime/'))).toEqual([]);
});

it.runIf((await wheels()).size > 0)(
  'loads what a cell imports before it runs, as far as reading the cell tells',
  async () => {
    await using open = await openWithout('concurrency-vs-parallelism/');
    await open.give('independent', 'def f():\n    import outcome\n    return outcome.Value(3).unwrap()\nf()');
    await open.run('independent');
    expect(await blocks(open.cell('independent'))).toEqual([['result', '3\n']]);
    await open.give('notebook-cell', 'import importlib\nimportlib.import_module("idna")');
    await open.run('notebook-cell');
    expect(await open.cell('notebook-cell').locator('.cell-output').textContent()).toContain(
      'In this browser Python cannot wait for a package while it runs: write `import idna` in the cell itself.',
    );
  },
);

it('runs plain cells and top-level await, and says of a program that it is one', async () => {
  await using open = await openWithout('concurrency-vs-parallelism/');
  const { page } = open;
  await open.give('independent', 'from pyodide.ffi import can_run_sync\ncan_run_sync()');
  await open.run('independent');
  expect(await blocks(open.cell('independent'))).toEqual([['result', 'False\n']]);
  await open.give(
    'notebook-cell',
    'import asyncio\nasync def twice(n):\n    await asyncio.sleep(0.01)\n    return 2 * n\nawait asyncio.gather(*map(twice, range(3)))',
  );
  await open.run('notebook-cell');
  expect(await blocks(open.cell('notebook-cell'))).toEqual([['result', '[0, 2, 4]\n']]);
  const program = open.cell('script-cell');
  expect(await program.locator('.cell-reason').textContent()).toMatch(
    /: it is a program, with an interpreter of its own, /,
  );
  await open.cell('littles-law').locator('summary').click();
  await open.cell('littles-law').getByRole('button', { name: 'Run above' }).click();
  await expect.poll(() => page.locator('py-cell[data-state="running"]').count()).toBe(0);
  expect(await page.locator('.cell-notice').count()).toBe(0);
});

it('stops an endless loop with its interpreter, and the next run works', async () => {
  await using open = await openWithout('concurrency-vs-parallelism/');
  await open.give('independent', 'kept = 1\nprint("begun")\nwhile True: pass');
  await open.give('littles-law', '"kept" in globals()');
  const cell = open.cell('independent');
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.getByText('begun').waitFor();
  await cell.getByRole('button', { name: 'Stop', exact: true }).click();
  await cell.getByText(/Stopping ends the interpreter, and every name/).waitFor();
  await open.run('littles-law');
  expect(await blocks(open.cell('littles-law'))).toEqual([['result', 'False\n']]);
});

it('says why an exercise cannot be checked', async () => {
  await using open = await openWithout('threading-thread/');
  const exercise = open.page.locator('py-exercise:has([data-exercise-action="check"])').first();
  await exercise.locator('.cell-reason').waitFor();
  expect(await exercise.locator('.cell-reason').textContent()).toMatch(
    /^Not in this browser: it is checked as a program of its own, /,
  );
  await exercise.getByRole('button', { name: 'Check' }).click();
  await exercise.getByText(/^Cannot be checked here\. Not in this browser: it is checked as a program/).waitFor();
});

it.skipIf(missing)('does the same in a Firefox that has it turned off', async () => {
  await using open = await openFirefox(withoutJspi);
  await open.page.goto(open.site.url('threading-thread/'));
  await open.page.locator(`${needy} .cell-reason`).wait();
  const counts = await open.page.evaluate((needy) => {
    const count = (inside: string) => document.querySelectorAll(`${needy} ${inside}`).length;
    return { cells: count('.cell'), reasons: count('.cell-reason'), runs: count('[data-action="run"]') };
  }, needy);
  expect(counts).toMatchObject({ reasons: counts.cells, runs: 0 });
  await open.page.locator('py-cell[id="names"] ::-p-aria([name="Run"][role="button"])').click();
  await open.page.locator('py-cell[id="names"] ::-p-text(Ran here)').wait();
  expect(open.complaints).toEqual([]);
});
