/** The editor on a phone: all that matters by touch alone, and nothing beside the screen. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';
import { editedText, textBox } from './support/editing.ts';

const width = 390;
let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/', { viewport: { width, height: 800 }, hasTouch: true });
});
afterAll(() => open[Symbol.asyncDispose]());

const id = 'cache-edges';
const cell = () => open.cell(id);
const named = (name: string) => cell().getByRole('button', { name, exact: true });

async function onScreen(shown: Locator): Promise<void> {
  await shown.waitFor();
  const { left, right } = await shown.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return { left: box.left, right: box.right };
  });
  expect(left).toBeGreaterThanOrEqual(0);
  expect(right).toBeLessThanOrEqual(width);
  expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

it('takes a name from the list by a touch, and runs what was typed', async () => {
  await cell().locator('pre.code').tap();
  await textBox(cell()).waitFor();
  await open.page.keyboard.press('Control+a');
  await open.page.keyboard.insertText('prin');
  const option = cell().locator('.cm-tooltip-autocomplete li', { hasText: /^print$/ });
  await onScreen(cell().locator('.cm-tooltip-autocomplete'));
  await option.tap();
  expect(await editedText(cell())).toBe('print');
  await open.page.keyboard.insertText('("by touch")');
  await named('Run').tap();
  await expect.poll(() => blocks(cell()), { timeout: 60_000 }).toEqual([['stdout', 'by touch\n']]);
});

it('shows the signature within the screen', async () => {
  await textBox(cell()).focus();
  await open.page.keyboard.press('Control+End');
  await open.page.keyboard.type('\nprint(');
  await onScreen(cell().locator('.cm-signature'));
});

it('compares, puts the original back and takes that back, by touch', async () => {
  await named('Edited').tap();
  // As wide as the code, which scrolls in its own box.
  await cell().locator('.cm-deletedChunk').first().waitFor();
  expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await named('Reset').tap();
  await expect.poll(() => cell().locator('.cm-deletedChunk').count()).toBe(0);
  expect(await editedText(cell())).not.toContain('by touch');
  await named('Undo').tap();
  await expect.poll(() => editedText(cell())).toContain('by touch');
});

it('has every button of an edited cell on the screen while its header says something long', async () => {
  await cell().locator('.cell-menu summary').tap();
  await named('Restart Python').tap();
  await cell().getByText('Python was restarted').waitFor();
  await named('Edited').waitFor();
  await onScreen(cell().locator('.cell-menu summary'));
});
