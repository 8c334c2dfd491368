/** Keys, focus and hasty hands: what a reader presses does what the reader meant, and focus is never lost. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';
import { replaceCode } from './support/editing.ts';

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/');
});
afterAll(() => open[Symbol.asyncDispose]());

/** Each test takes a cell that has not run. */
const fresh = [
  'cache-edges',
  'call-three-ways',
  'lookup-on-type',
  'nan',
  'immortal',
  'id-reuse',
  'unbound',
  'not-callable',
  'is-and-equal',
];
let id = '';
beforeEach(() => {
  id = fresh.shift() ?? '';
});
const button = (name: string) => open.cell(id).getByRole('button', { name, exact: true });
const focused = () => open.page.locator(':focus').textContent();

it('runs with Shift+Enter in the code, and adds nothing to the page', async () => {
  await open.give(id, 'print("shifted")');
  await open.cell(id).locator('pre.code').focus();
  await open.page.keyboard.press('Shift+Enter');
  await open.cell(id).getByText('shifted', { exact: true }).waitFor();
  await ended(open.cell(id));
  expect(
    await open
      .cell(id)
      .locator('.cell-source')
      .evaluate((code) => code.contains(document.activeElement)),
  ).toBe(true);
});

it('moves focus from Run to Stop and back', async () => {
  await open.give(id, 'print("going")\nwhile True: pass');
  await button('Run').focus();
  await open.page.keyboard.press('Enter');
  await open.cell(id).getByText('going', { exact: true }).waitFor();
  await expect.poll(async () => (await focused())?.trim()).toBe('Stop');
  await open.page.keyboard.press('Enter');
  await ended(open.cell(id));
  expect((await focused())?.trim()).toBe('Run');
});

it('moves focus from Reset to Run', async () => {
  await open.run(id);
  await button('Reset').focus();
  await open.page.keyboard.press('Enter');
  await button('Reset').waitFor({ state: 'hidden' });
  expect((await focused())?.trim()).toBe('Run');
});

it('does not stop a run with the second click of a double click, or with a held key', async () => {
  await open.give(id, 'import asyncio\nprint("going")\nawait asyncio.sleep(1e9)');
  await button('Run').dblclick();
  await open.cell(id).getByText('going', { exact: true }).waitFor();
  await button('Stop').focus();
  await open.page.keyboard.press('Enter');
  await ended(open.cell(id));
  await open.page.keyboard.down('Enter');
  await open.cell(id).getByText('going', { exact: true }).waitFor();
  for (let repeats = 0; repeats < 3; repeats += 1) await open.page.keyboard.down('Enter');
  await open.page.keyboard.up('Enter');
  await open.cell(id).getByText('Running here', { exact: true }).waitFor();
  await button('Stop').click();
  await ended(open.cell(id));
});

it('takes two presses within a second for one run, by pointer and by key, of code that goes on and of code that is over', async () => {
  await open.give(
    id,
    'import asyncio\nruns = globals().get("runs", 0) + 1\nprint("run", runs)\nif runs == 3: await asyncio.sleep(1e9)',
  );
  await button('Run').dblclick();
  await open.cell(id).getByText('run 1', { exact: true }).waitFor();
  await ended(open.cell(id));
  await button('Run').focus();
  // As soon as the button acts again.
  await button('Run').click({ trial: true });
  await open.page.keyboard.press('Enter');
  await open.page.keyboard.press('Enter');
  await open.cell(id).getByText('run 2', { exact: true }).waitFor();
  await button('Run').click({ trial: true });
  await open.page.keyboard.press('Enter');
  await open.page.keyboard.press('Enter');
  await open.cell(id).getByText('run 3', { exact: true }).waitFor();
  await open.page.keyboard.press('Enter');
  await expect.poll(async () => (await focused())?.trim()).toBe('Stop');
  expect(await open.cell(id).getAttribute('data-state')).toBe('running');
  await open.page.keyboard.press('Enter');
  await ended(open.cell(id));
  expect((await blocks(open.cell(id))).at(-1)?.[1]).toContain('KeyboardInterrupt');
});

it('runs all cells above in order, each once, and speaks once for each', async () => {
  const above = (
    await open.page.locator('py-cell[data-live]').evaluateAll((cells) => cells.map((cell) => cell.id))
  ).slice(0, 3);
  const [one = '', two = '', three = ''] = above;
  await open.give(one, 'order = globals().get("order", []) + [1]\norder');
  await open.give(two, 'order += [2]\norder', { after: one });
  await open.give(three, 'order');
  await open.page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const region = document.querySelector('[role=status]');
    if (region) new MutationObserver(() => spoken.push(region.textContent)).observe(region, { childList: true });
  });
  await open.cell(three).locator('summary').click();
  await open.cell(three).getByRole('button', { name: 'Run above' }).click();
  await open.cell(two).getByText('[1, 2]', { exact: true }).waitFor();
  await ended(open.cell(two));
  await open.run(three);
  expect(await blocks(open.cell(three))).toEqual([['result', '[1, 2]\n']]);
  const spoken = () => open.page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  await expect.poll(async () => (await spoken()).length).toBe(3);
});

it('says what Run above and Restart Python did', async () => {
  const first = open.page.locator('py-cell[data-live]').first();
  await first.locator('summary').click();
  await first.getByRole('button', { name: 'Run above' }).click();
  await first.getByText('No cell stands above this one', { exact: true }).waitFor();
  await first.locator('summary').click();
  await first.getByRole('button', { name: 'Restart Python' }).click();
  await first.getByText('Python was restarted; every name is gone', { exact: true }).waitFor();
});

it('has one menu open at a time, and a press elsewhere closes it', async () => {
  const menus = open.page.locator('.cell-menu[open]');
  await open.cell('nan').locator('summary').click();
  await open.cell('immortal').locator('summary').click();
  expect(await menus.count()).toBe(1);
  await open.page.locator('h1').click();
  expect(await menus.count()).toBe(0);
});

it('stops with Tab at an output only while that scrolls', async () => {
  const output = open.cell(id).locator('.cell-output');
  const scrolls = () => output.evaluate((box) => box.scrollWidth > box.clientWidth);
  const stops = () => output.evaluate((box) => (box as HTMLElement).tabIndex);
  /** Whether the Tab key, going back from what follows the cell, comes by its output before its code. */
  const tabComesBy = async () => {
    const next = open.page.locator(`py-cell[id="${id}"] ~ py-cell [data-action="run"]`).first();
    await next.focus();
    for (let pressed = 0; pressed < 30; pressed++) {
      await open.page.keyboard.press('Shift+Tab');
      const at = await open
        .cell(id)
        .evaluate((cell) =>
          ['.cell-output', '.cell-source'].find((part) => cell.querySelector(part)?.contains(document.activeElement)),
        );
      if (at !== undefined) return at === '.cell-output';
    }
    throw new Error('The Tab key does not come back to the cell.');
  };
  await open.give(id, 'print("short")');
  await open.run(id);
  await expect.poll(stops).toBe(-1);
  expect(await scrolls()).toBe(false);
  expect(await tabComesBy()).toBe(false);
  // It begins to scroll while it is there.
  await replaceCode(open.cell(id), 'print("long " * 200)');
  await open.run(id);
  await expect.poll(stops).toBe(0);
  expect(await scrolls()).toBe(true);
  expect(await tabComesBy()).toBe(true);
  // And ends to, under the focus, which stays.
  await output.focus();
  await open.page.evaluate(() => {
    document.documentElement.dataset['longlines'] = 'wrap';
  });
  await expect.poll(stops).toBe(-1);
  expect(await output.evaluate((box) => box === document.activeElement)).toBe(true);
  await open.page.evaluate(() => {
    delete document.documentElement.dataset['longlines'];
  });
});

it('stops with Tab at nothing of a page that does not scroll', async () => {
  await using page = await openChapter('what-python-executes/', { viewport: { width: 390, height: 800 } });
  await page.page.keyboard.press('Tab');
  const idle = () =>
    page.page
      .locator('main [tabindex="0"]:not(py-cell[data-live] pre, button, [role=tab])')
      .evaluateAll((boxes: HTMLElement[]) =>
        boxes
          .filter((box) => box.checkVisibility({ contentVisibilityAuto: true }))
          .filter((box) => box.scrollWidth <= box.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 1)
          .map((box) => box.outerHTML.slice(0, 80)),
      );
  await expect.poll(idle).toEqual([]);
  await page.page.locator('py-cell').last().scrollIntoViewIfNeeded();
  await expect.poll(idle).toEqual([]);
});
