/** What a reader changed beside the original: opened by the word that says that a cell is edited, by mouse and by keyboard. */
import axeCore from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { edit, editedText, replaceCode, textBox } from './support/editing.ts';

declare const axe: typeof axeCore;

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/');
});
afterAll(() => open[Symbol.asyncDispose]());

const id = 'cache-edges';
const cell = () => open.cell(id);
const mark = () => cell().getByRole('button', { name: 'Edited', exact: true });
const deleted = () => cell().locator('.cm-deletedLine').allTextContents();
const changed = () => cell().locator('.cm-changedLine').allTextContents();

it('shows what was taken out and what came in its place, and the editor goes on', async () => {
  await edit(cell());
  const original = await editedText(cell());
  const [first = '', ...rest] = original.split('\n');
  await replaceCode(cell(), [`${first}  # mine`, ...rest].join('\n'));
  expect(open.asked.filter((url) => /comparison/.test(url))).toEqual([]);
  expect(await mark().getAttribute('aria-pressed')).toBe('false');
  await mark().click();
  await expect.poll(deleted).toEqual([first]);
  expect(await changed()).toEqual([`${first}  # mine`]);
  expect(await mark().getAttribute('aria-pressed')).toBe('true');
  await cell()
    .page()
    .getByRole('status')
    .getByText('Compared with the original: 1 change', { exact: true })
    .waitFor({ state: 'attached' });
  await textBox(cell()).focus();
  await open.page.keyboard.press('Control+End');
  await open.page.keyboard.type('\nmore = 1');
  await expect.poll(changed).toContain('more = 1');
  expect(await open.page.evaluate(() => document.body.dataset['violation'])).toBeUndefined();
});

it('closes by keyboard, opens by keyboard, and goes with the edit', async () => {
  await mark().focus();
  await open.page.keyboard.press('Enter');
  await expect.poll(deleted).toEqual([]);
  await open.page.keyboard.press('Space');
  await expect.poll(async () => (await deleted()).length).toBeGreaterThan(0);
  await cell().getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(deleted).toEqual([]);
  expect(await mark().count()).toBe(0);
  await cell().getByRole('button', { name: 'Undo', exact: true }).click();
  await mark().waitFor();
  expect(await changed()).toEqual([]);
});

it.each([
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 1280 },
  { scheme: 'light', width: 390 },
  { scheme: 'dark', width: 390 },
] as const)('is accessible, and no wider than the page ($scheme, $width px)', async ({ scheme, width }) => {
  await open.page.emulateMedia({ colorScheme: scheme });
  await open.page.setViewportSize({ width, height: 800 });
  if ((await mark().getAttribute('aria-pressed')) === 'false') await mark().click();
  await expect.poll(async () => (await deleted()).length).toBeGreaterThan(0);
  await open.page.evaluate(axeCore.source);
  const { violations } = await open.page.evaluate(() => axe.run('#cache-edges'));
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  const shots = process.env['SHOTS'];
  if (shots !== undefined) await cell().screenshot({ path: `${shots}/compare-${scheme}-${width}.png` });
});
