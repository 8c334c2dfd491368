/** What a reader opens has no accessibility fault: editor, completion, comparison, failed exercise, settings, dialogs. */
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { openChapter } from './support/cell-page.ts';
import { replaceCode } from './support/editing.ts';
import { outcome } from './support/exercises.ts';

// Seven looks in each theme, each of a second or more, and a start of Python.
it.each([1280, 390])('at %i px, light and dark', { timeout: 300_000 }, async (width) => {
  // The policy of the page would refuse axe itself.
  await using open = await openChapter('concurrency-vs-parallelism/', {
    viewport: { width, height: 900 },
    bypassCSP: true,
  });
  const { page } = open;
  await bringAxe(page);
  const faults: string[] = [];
  const look = async (state: string, ...include: readonly string[]): Promise<void> => {
    const found = await faultsInBothThemes(page, include);
    faults.push(...found.map((fault) => `${state}, ${fault}`));
  };
  const cell = open.cell('classify-code');
  const exercise = page.locator('py-exercise[id="classify"]');

  await replaceCode(cell, 'x = enumer');
  await page.keyboard.type('a');
  await cell.locator('.cm-tooltip-autocomplete').waitFor();
  await look('completion list open', '#classify-code');
  await page.keyboard.press('Escape');
  await look('editor open', '#classify-code');

  await cell.getByRole('button', { name: 'Edited', exact: true }).click();
  await cell.locator('.cell-edited[aria-pressed="true"]').waitFor();
  await look('comparison open', '#classify-code');

  await replaceCode(cell, 'def classify(wall, cpu):\n    return None\n');
  await exercise.getByRole('button', { name: 'Check', exact: true }).click();
  await outcome(exercise).waitFor({ timeout: 100_000 });
  await look('exercise failed', '#classify');

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.locator('#reader-menu').waitFor();
  await look('settings open', '#reader-menu', '.site-header');
  await page.getByRole('button', { name: 'Your progress and edits' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
  await look('work open', 'dialog[open]');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.site-header .brand').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await look('map of keys open', 'dialog[open]');
  expect(faults).toEqual([]);
});
