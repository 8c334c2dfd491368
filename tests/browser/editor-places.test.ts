/** From a frame of a traceback to its line: recorded and live, this cell and others, with and without an editor. */
import axeCore from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';
import { replaceCode, textBox } from './support/editing.ts';

declare const axe: typeof axeCore;

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('iterators-and-generators/');
});
afterAll(() => open[Symbol.asyncDispose]());

const places = (id: string) => open.cell(id).locator('.cell-output').getByRole('link');
const found = (id: string) => open.cell(id).locator('.cm-foundLine');
const inView = (id: string) =>
  found(id).evaluate((line) => {
    const { top, bottom } = line.getBoundingClientRect();
    return top > 100 && bottom < innerHeight;
  });

it('leads from a recorded traceback to the line of each cell that it names', async () => {
  const before = await blocks(open.cell('for-lets-it-escape'));
  const links = places('for-lets-it-escape');
  expect(await links.allTextContents()).toEqual([
    'File "cell-for-lets-it-escape", line 3',
    'File "cell-wide-try", line 12',
  ]);
  await links.nth(0).click();
  await found('for-lets-it-escape').waitFor();
  expect(await found('for-lets-it-escape').textContent()).toContain('pay(name)');
  await links.nth(1).focus();
  await open.page.keyboard.press('Enter');
  await found('wide-try').waitFor();
  expect(await found('wide-try').textContent()).toContain('next(prices)');
  await expect.poll(() => inView('wide-try')).toBe(true);
  expect(await textBox(open.cell('wide-try')).evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await blocks(open.cell('for-lets-it-escape'))).toEqual(before);
});

it('leads from a live traceback to the line of what the reader wrote', async () => {
  await replaceCode(open.cell('drain'), 'def fail():\n    return 1 / 0\n\n\nfail()');
  await open.run('drain');
  expect(await places('drain').allTextContents()).toEqual(['File "cell-drain", line 5', 'File "cell-drain", line 2']);
  await places('drain').nth(1).click();
  await expect.poll(() => found('drain').textContent()).toBe('    return 1 / 0');
  await open.page.keyboard.type('x');
  expect(await found('drain').count()).toBe(0);
  await open.run('drain');
});

it('leads from the traceback of a program, whose file has a folder, and from that of its thread', async () => {
  await using program = await openChapter('concurrency-vs-parallelism/');
  const cell = program.cell('classify-code');
  await replaceCode(
    cell,
    'import threading\n\n\ndef fail():\n    1 / 0\n\n\nthreading.Thread(target=fail).start()\nnobody',
  );
  await program.run('classify-code');
  const links = cell.locator('.cell-output').getByRole('link');
  const thread = links.filter({ hasText: /line 5$/ });
  await thread.waitFor();
  expect(await links.allTextContents()).toContain('File "/home/reader/classify.py", line 9');
  await thread.click();
  await expect.poll(() => cell.locator('.cm-foundLine').textContent()).toBe('    1 / 0');
});

it('links no file that is no cell, and no text that only looks like a place', async () => {
  await replaceCode(
    open.cell('drain'),
    'import json\nprint(\'File "cell-drain", line 1\')\nexec("1 / 0") if 0 else json.loads("{")',
  );
  await open.run('drain');
  const text = (await blocks(open.cell('drain'))).map(([, shown]) => shown).join('');
  expect(text).toMatch(/json\/decoder\.py", line/);
  expect(await places('drain').allTextContents()).toEqual(['File "cell-drain", line 3']);
});

it('selects the line in the static code of a cell that cannot run', async () => {
  const id = 'for-over-int';
  await open.cell(id).evaluate((element) => {
    delete (element as HTMLElement).dataset['live'];
  });
  await places(id).first().click();
  const third = (await open.cell(id).locator('pre.code').textContent())?.split('\n')[2];
  await expect.poll(() => open.page.evaluate(() => getSelection()?.toString())).toBe(third);
  expect(
    await open
      .cell(id)
      .locator('pre.code')
      .evaluate((code) => code === document.activeElement),
  ).toBe(true);
});

it('has frames that are links to the cell without scripts, and accessible with them', async () => {
  await open.page.evaluate(axeCore.source);
  const { violations } = await open.page.evaluate(() => axe.run('#for-lets-it-escape'));
  expect(violations.map(({ id }) => id)).toEqual([]);
  await using still = await openChapter('iterators-and-generators/', { javaScriptEnabled: false });
  await still.cell('for-lets-it-escape').locator('.cell-output').getByRole('link').nth(1).click();
  expect(new URL(still.page.url()).hash).toBe('#wide-try');
});
