/** What a run in the playground wrote: shown below its output, as text or by its size, and given to the reader. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';
import { replaceCode } from './support/editing.ts';

const open = (options: Parameters<typeof openChapter>[1] = {}): Promise<CellPage> =>
  openChapter('playground/', options);
const written = (cell: Locator): Locator => cell.locator('.cell-written');
const rows = (cell: Locator): Promise<readonly string[]> => written(cell).locator('li').allInnerTexts();

async function download(on: CellPage, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    on.page.waitForEvent('download'),
    on.page.getByRole('button', { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const program = [
  'import os, helper',
  'os.makedirs("out/deep", exist_ok=True)',
  'open("out/deep/table.csv", "w").write("a,b\\n1,2\\n")',
  'open("photo.bin", "wb").write(bytes([0xff, 0, 0x80]))',
  'open("data.txt", "a").write("and more")',
  'f = open("never closed.txt", "w"); f.write("flushed at the end")',
  'open("same.txt", "w").write("the same")',
  'open("/tmp/elsewhere", "w").write("not here")',
  'open("empty", "w")',
].join('\n');

it('shows what a program made and changed, gives it, and puts it in tabs', async () => {
  await using on = await open();
  const cell = on.cell('script');
  const { page } = on;
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open files' }).click(),
  ]);
  const given = { 'helper.py': 'value = 1\n', 'data.txt': 'one, ', 'same.txt': 'the same' };
  await chooser.setFiles(
    Object.entries(given).map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
  );
  await page.getByRole('tab', { name: 'main.py' }).click();
  await replaceCode(cell, program);
  await on.run('script');
  await written(cell).waitFor();
  const text = await rows(cell);
  expect(text.map((row) => row.split('\n')[0])).toEqual([
    'data.txt',
    'empty',
    'never closed.txt',
    'out/deep/table.csv',
    'photo.bin',
  ]);
  expect(text[4]).toMatch(/3 bytes[^]*bytes that are no text/);
  await written(cell).locator('li', { hasText: 'table.csv' }).locator('summary').click();
  expect(await page.getByRole('group', { name: 'Text of out/deep/table.csv' }).innerText()).toBe('a,b\n1,2\n');
  expect(await download(on, 'Download photo.bin')).toEqual({ name: 'photo.bin', bytes: Buffer.from([0xff, 0, 0x80]) });
  const all = unzipSync((await download(on, 'Download all')).bytes);
  expect(Object.entries(all).map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')])).toEqual([
    ['data.txt', 'one, and more'],
    ['empty', ''],
    ['never closed.txt', 'flushed at the end'],
    ['out/deep/table.csv', 'a,b\n1,2\n'],
    ['photo.bin', '\u00ff\0\u0080'],
  ]);

  await page.getByRole('button', { name: 'Put in a tab: out/deep/table.csv' }).click();
  await expect.poll(() => page.getByRole('tab', { selected: true }).textContent()).toBe('out/deep/table.csv');
  await page.getByRole('button', { name: 'Put in a tab: data.txt' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Text of data.txt' }).innerText()).toBe('one, and more');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Text of data.txt' }).innerText()).toBe('one, ');
  await page.getByRole('tab', { name: 'main.py' }).click();
  await replaceCode(cell, 'print(open("out/deep/table.csv").read(), open("data.txt").read())');
  await on.run('script');
  expect((await blocks(cell))[0]?.[1]).toBe('a,b\n1,2\n one, \n');
  await expect.poll(() => written(cell).count()).toBe(0);
});

it('shows what the processes of a program wrote, and a program that ended with an error', async () => {
  await using on = await open();
  const cell = on.cell('script');
  await replaceCode(
    cell,
    [
      'from multiprocessing import Process',
      'def work(): open("from child.txt", "w").write("child")',
      'if __name__ == "__main__":',
      '    child = Process(target=work); child.start(); child.join()',
      '    open("own.txt", "w").write("own")',
      '    1 / 0',
    ].join('\n'),
  );
  await on.run('script');
  await written(cell).waitFor();
  expect((await rows(cell)).map((row) => row.split('\n')[0])).toEqual(['from child.txt', 'own.txt']);
});

it('shows of a notebook cell what this run changed, a bounded text, and the size of what is too large', async () => {
  await using on = await open();
  const cell = on.cell('notebook');
  await replaceCode(cell, 'open("first.txt", "w").write("x" * 30_000)\nopen("large", "wb").truncate(20 << 20)');
  await on.run('notebook');
  await written(cell).waitFor();
  const [first, large] = await rows(cell);
  expect(first).toMatch(/^first\.txt\s+30 kB/);
  expect(large).toMatch(/^large\s+21 MB\s+too large to be handed over$/);
  await written(cell).locator('summary').click();
  await written(cell).getByText('The first 20,000 of 30,000 characters.').waitFor();
  expect(await on.page.getByRole('group', { name: 'Text of first.txt' }).innerText()).toBe('x'.repeat(20_000));
  await replaceCode(cell, 'open("second.txt", "w").write("y")\nNone');
  await on.run('notebook');
  await expect.poll(async () => (await rows(cell)).map((row) => row.split('\n')[0])).toEqual(['second.txt']);
  await cell.getByRole('button', { name: 'Reset' }).click();
  expect(await written(cell).count()).toBe(0);
});

it('tells of no more than a hundred files', async () => {
  await using on = await open();
  const cell = on.cell('notebook');
  await replaceCode(cell, 'for n in range(120): open(f"{n:03}", "w").write(str(n))');
  await on.run('notebook');
  await written(cell).getByText('20 more files are not shown.').waitFor();
  expect(await written(cell).locator('li').count()).toBe(100);
});

it('is not asked for in a chapter', async () => {
  await using on = await openChapter('what-python-executes/');
  const id = (await on.page.locator('py-cell[data-mode="notebook"][data-live]').first().getAttribute('id')) ?? '';
  await on.give(id, 'open("file.txt", "w").write("x"); print("written")');
  await on.run(id);
  expect(await blocks(on.cell(id))).toEqual([['stdout', 'written\n']]);
  await on.page.waitForLoadState('networkidle');
  expect([await written(on.cell(id)).count(), on.asked.filter((url) => /written-view|folder/.test(url))]).toEqual([
    0,
    [],
  ]);
});

it.each([390, 1280])('has no fault that axe finds, and fits, at %i pixels', async (width) => {
  await using on = await open({ viewport: { width, height: 900 } });
  await bringAxe(on.page);
  const cell = on.cell('notebook');
  await replaceCode(cell, `for name in ("a.txt", "${'long'.repeat(20)}.txt"): open(name, "w").write("x" * 300)`);
  await on.run('notebook');
  await written(cell).locator('summary').first().click();
  expect(await faultsInBothThemes(on.page)).toEqual([]);
  expect(await on.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
