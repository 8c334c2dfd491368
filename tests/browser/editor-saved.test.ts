/** A reader's edits stay in their browser: over a reload, beside a changed original, with storage refused or corrupt, in two tabs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';
import { editedText, replaceCode, textBox } from './support/editing.ts';

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/');
});
afterAll(() => open[Symbol.asyncDispose]());
const key = (id: string): string => `course-edit /what-python-executes/#${id}`;

it('brings an edit back after a reload, marked, and runs it; Reset forgets it', async () => {
  const cell = open.cell('cache-edges');
  await replaceCode(cell, 'print("kept")');
  await open.page.reload();
  await cell.getByText('Edited', { exact: true }).waitFor();
  expect(await editedText(cell)).toBe('print("kept")');
  await open.run('cache-edges');
  expect(await blocks(cell)).toEqual([['stdout', 'kept\n']]);
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(() => open.page.evaluate((name) => localStorage.getItem(name), key('cache-edges'))).toBeNull();
});

it('says when the original has changed, and keeps both', async () => {
  const cell = open.cell('nan');
  const source = (await cell.locator('pre.code').textContent()) ?? '';
  await open.page.evaluate((name) => {
    localStorage.setItem(name, JSON.stringify({ original: 'an older text', source: 'mine' }));
  }, key('nan'));
  await open.page.reload();
  await cell.getByText(/author has changed this cell/).waitFor();
  expect(await editedText(cell)).toBe('mine');
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(() => editedText(cell)).toBe(source);
  await cell.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => editedText(cell)).toBe('mine');
  await cell.getByText('Edited', { exact: true }).waitFor();
});

it('says that the original is back for as long as it is', async () => {
  const cell = open.cell('nan');
  await replaceCode(cell, 'mine = 1');
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  const back = cell.getByText('The original is back.');
  await back.waitFor();
  await textBox(cell).focus();
  await open.page.keyboard.type('#');
  await back.waitFor({ state: 'detached' });
  expect(await textBox(cell).evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await editedText(cell)).toContain('#');
});

it('sets aside what it cannot read, and says so', async () => {
  const cell = open.cell('immortal');
  await open.page.evaluate((name) => {
    localStorage.setItem(name, '{"source": 3');
  }, key('immortal'));
  await open.page.reload();
  await cell.getByText(/cannot be read/).waitFor();
  expect(await open.page.evaluate((name) => localStorage.getItem(`${name} unreadable`), key('immortal'))).toBe(
    '{"source": 3',
  );
});

it('says when the browser refuses to keep an edit, and loses nothing on the page', async () => {
  const cell = open.cell('unbound');
  await open.page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await replaceCode(cell, 'print("not kept")');
  await cell.getByText(/edit is not kept/).waitFor();
  expect(await editedText(cell)).toBe('print("not kept")');
  await open.page.reload();
});

it('shows in one tab what was last written in another', async () => {
  const other = await open.page.context().newPage();
  await other.goto(open.page.url());
  const there = other.locator('py-cell[id="id-reuse"]');
  const here = open.cell('id-reuse');
  await replaceCode(here, 'first');
  await replaceCode(there, 'second');
  await expect.poll(() => editedText(here)).toBe('second');
  await textBox(here).focus();
  await open.page.keyboard.press('Control+z');
  await expect.poll(() => editedText(there)).toBe('first');
  await other.close();
});
