/** Python may die when nothing runs, and its frame may be taken away: the reader is told, and the next Run works. */
import { expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';

const removeFrame = (open: CellPage) =>
  open.page.evaluate(() => {
    document.querySelector('iframe[title="Python"]')?.remove();
  });
const frames = (open: CellPage) => open.page.locator('iframe[title="Python"]').count();

async function openWithNames(first: string): Promise<CellPage> {
  const open = await openChapter('what-python-executes/');
  await open.give('nan', first);
  await open.give('immortal', '"kept" in globals()');
  return open;
}

/** Whether the next run knows the name that the first defined. */
async function nextRun(open: CellPage): Promise<string | undefined> {
  await open.run('immortal');
  return (await blocks(open.cell('immortal'))).at(-1)?.[1];
}

it('says so under the cell that ran last when the interpreter dies after it', async () => {
  const later = 'kept = 1\nimport asyncio, os\nasyncio.get_running_loop().call_later(0.3, os._exit, 3)\n"ran"';
  await using open = await openWithNames(later);
  await open.run('nan');
  const notice = open.cell('nan').locator('.cell-notice');
  await notice.waitFor();
  expect(await notice.textContent()).toMatch(/^The Python interpreter died\..* names defined before are gone\./);
  expect(await blocks(open.cell('nan'))).toEqual([['result', "'ran'\n"]]);
  expect(await nextRun(open)).toBe('False\n');
  expect(await open.cell('immortal').locator('.cell-notice').count()).toBe(0);
});

it('says so when the frame is taken out of the page, and makes another', async () => {
  await using open = await openWithNames('kept = 1');
  await open.run('nan');
  await removeFrame(open);
  const notice = open.cell('nan').locator('.cell-notice');
  await notice.waitFor();
  expect(await notice.textContent()).toMatch(/^Python is gone\. Its frame was taken out of the page/);
  expect(await frames(open)).toBe(0);
  expect(await nextRun(open)).toBe('False\n');
  expect(await frames(open)).toBe(1);
});

it('ends a run whose frame is taken out of the page, says so once, and the next run works', async () => {
  await using open = await openWithNames('kept = 1\nprint("begun")\nwhile True: pass');
  const cell = open.cell('nan');
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.locator('.out').getByText('begun').waitFor();
  await removeFrame(open);
  await ended(cell);
  expect(await open.page.locator('.cell-notice').allTextContents()).toEqual([
    expect.stringMatching(/^Python is gone\..*Try again$/),
  ]);
  expect(await nextRun(open)).toBe('False\n');
});
