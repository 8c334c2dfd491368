/** What a reader does in the editor: type, indent, close brackets, undo, search, leave, run; what is edited is what runs. */
import axeCore from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';
import { edit, editedText, replaceCode, textBox } from './support/editing.ts';

declare const axe: typeof axeCore;

const chapter = 'what-python-executes/';
let open: CellPage;
beforeAll(async () => {
  open = await openChapter(chapter, { permissions: ['clipboard-read', 'clipboard-write'] });
});
afterAll(() => open[Symbol.asyncDispose]());

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await open.page.keyboard.press(key);
};
const focusedIn = (id: string) =>
  open.page.evaluate((cell) => document.activeElement?.closest(`py-cell[id="${cell}"] .cm-editor`) !== null, id);

it('indents after a colon, closes brackets, undoes and redoes', async () => {
  const cell = open.cell('cache-edges');
  await edit(cell);
  const original = await editedText(cell);
  await replaceCode(cell, '');
  await open.page.keyboard.type('def f(n):\nreturn [n');
  const typed = 'def f(n):\n    return [n]';
  expect(await editedText(cell)).toBe(typed);
  let undone = 0;
  for (; undone < 20 && (await editedText(cell)) !== original; undone += 1) await press('Control+z');
  expect(await editedText(cell)).toBe(original);
  for (; undone > 0; undone -= 1) await press('Control+y');
  expect(await editedText(cell)).toBe(typed);
});

it('marks the bracket at the cursor and its other half', async () => {
  const cell = open.cell('cache-edges');
  await replaceCode(cell, 'print(len([1, 2]))');
  await press('End');
  await expect.poll(() => cell.locator('.cm-matchingBracket').allTextContents()).toEqual(['(', ')']);
});

it('indents with Tab while the reader edits; after Escape, Tab leaves', async () => {
  const cell = open.cell('lookup-on-type');
  await replaceCode(cell, 'x = 1');
  await press('Tab');
  expect(await editedText(cell)).toBe('    x = 1');
  await press('Shift+Tab');
  expect(await editedText(cell)).toBe('x = 1');
  await press('Escape');
  await cell.getByText('Tab leaves the code', { exact: true }).waitFor();
  await press('Tab');
  expect(await focusedIn('lookup-on-type')).toBe(false);
  expect(await editedText(cell)).toBe('x = 1');
});

it('is no trap for a reader who walks through the page by keyboard', async () => {
  const cell = open.cell('call-three-ways');
  await cell.getByRole('button', { name: 'Copy', exact: true }).focus();
  await press('Tab', 'Tab');
  await textBox(cell).waitFor();
  await expect.poll(() => focusedIn('call-three-ways')).toBe(true);
  await press('Tab');
  expect(await focusedIn('call-three-ways')).toBe(false);
  await press('Shift+Tab');
  expect(await focusedIn('call-three-ways')).toBe(true);
});

it('finds a word, and Escape closes the search and goes back to the code', async () => {
  const cell = open.cell('code-tables');
  await replaceCode(cell, 'first = 1\nsecond = first');
  await press('Control+f');
  await cell.getByRole('textbox', { name: 'Find' }).waitFor();
  await open.page.keyboard.type('second');
  await press('Enter');
  expect(await cell.locator('.cm-searchMatch-selected').textContent()).toBe('second');
  await press('Escape');
  expect(await cell.getByRole('textbox', { name: 'Find' }).count()).toBe(0);
  expect(await focusedIn('code-tables')).toBe(true);
});

it.each(['Control+Enter', 'Shift+Enter'])('runs what was typed with %s', async (keys) => {
  const cell = open.cell('load-small-int');
  await replaceCode(cell, `print("typed", "${keys}")`);
  await press(keys);
  await cell.getByText(`typed ${keys}`, { exact: true }).waitFor();
  await ended(cell);
  expect(await editedText(cell)).toBe(`print("typed", "${keys}")`);
  expect(await focusedIn('load-small-int')).toBe(true);
});

it('runs an edited cell again before a cell that continues it', async () => {
  await open.give('co-code', 'seen = "author"');
  await open.give('code-units', 'seen', { after: 'co-code' });
  await open.run('code-units');
  expect(await blocks(open.cell('code-units'))).toEqual([['result', "'author'\n"]]);
  await replaceCode(open.cell('co-code'), 'seen = "reader"');
  await open.run('code-units');
  expect(await blocks(open.cell('code-units'))).toEqual([['result', "'reader'\n"]]);
});

it('says in words that a cell is edited, copies the edited text, and Reset puts the original back, undoably', async () => {
  const cell = open.cell('not-callable');
  const recorded = await blocks(cell);
  await edit(cell);
  const original = await editedText(cell);
  await replaceCode(cell, 'print("mine")');
  await cell.getByText('Edited', { exact: true }).waitFor();
  await cell.getByRole('button', { name: 'Copy', exact: true }).click();
  await cell.getByText('Copied your edit', { exact: true }).waitFor();
  expect(await open.page.evaluate(() => navigator.clipboard.readText())).toBe('print("mine")');
  await open.run('not-callable');
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  expect(await editedText(cell)).toBe(original);
  expect(await blocks(cell)).toEqual(recorded);
  expect(await cell.getByText('Edited', { exact: true }).count()).toBe(0);
  await textBox(cell).focus();
  await press('Control+z');
  expect(await editedText(cell)).toBe('print("mine")');
  await cell.getByText('Edited', { exact: true }).waitFor();
});

it.each(['light', 'dark'] as const)(
  'is accessible while it is open, with and without the search (%s)',
  async (scheme) => {
    await open.page.emulateMedia({ colorScheme: scheme });
    const cell = open.cell('code-tables');
    await textBox(cell).focus();
    const faults = async () => {
      await open.page.evaluate(axeCore.source);
      const { violations } = await open.page.evaluate(() => axe.run('#code-tables'));
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    expect(await faults()).toEqual([]);
    await press('Control+f');
    await cell.getByRole('textbox', { name: 'Find' }).waitFor();
    expect(await faults()).toEqual([]);
    await press('Escape');
  },
);
