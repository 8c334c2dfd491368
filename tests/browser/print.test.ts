/** What a reader made of a page goes along: onto paper, and to the clipboard as plain text. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { replaceCode } from './support/editing.ts';

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/', { permissions: ['clipboard-read', 'clipboard-write'] });
});
afterAll(() => open[Symbol.asyncDispose]());

const cell = () => open.cell('cache-edges');
const clipboard = (): Promise<string> => open.page.evaluate(() => navigator.clipboard.readText());
const long = `print("last output") # ${'long '.repeat(60).trim()}`;
const source = [long, ...Array.from({ length: 199 }, (_, n) => `line_${n} = ${n}`)].join('\n');

it('prints every line of the edit, its last output, and that it is edited', async () => {
  await replaceCode(cell(), source);
  await open.run('cache-edges');
  // Right after the editor has made itself ready for paper, as in a real print.
  await open.page.evaluate(() => {
    matchMedia('print').addEventListener('change', () => {
      const lines = [...document.querySelectorAll('#cache-edges .cm-line')];
      const wide = lines.filter((line) => line.getBoundingClientRect().right > document.body.clientWidth + 1);
      Object.assign(window, { printed: lines.map((line) => line.textContent).join('\n'), wide: wide.length });
    });
  });
  await open.page.emulateMedia({ media: 'print' });
  await open.page.waitForFunction(() => 'printed' in window);
  const seen = await open.page.evaluate(() => {
    const { printed, wide } = window as unknown as { printed: string; wide: number };
    return { printed, wide };
  });
  expect(seen.printed).toBe(source);
  expect(seen.wide).toBe(0);
  expect(await cell().locator('.out.stdout').innerText()).toBe('last output\n');
  expect(await cell().locator('.cell-edited').isVisible()).toBe(true);
  expect(await cell().locator('.cell-provenance').innerText()).toMatch(/^Ran here/);
  expect(await open.page.getByRole('button').filter({ visible: true }).count()).toBe(1);
  await open.page.emulateMedia({ media: 'screen' });
});

it('copies the edit as plain text, and says that it is the edit', async () => {
  await cell().getByRole('button', { name: 'Copy', exact: true }).click();
  await cell().getByText('Copied your edit', { exact: true }).waitFor();
  expect(await clipboard()).toBe(source);
});

it('copies the output as plain text, without the colours it has on the page', async () => {
  await replaceCode(open.cell('nan'), 'print("\\x1b[31mred\\x1b[0m plain")\n1 / 0');
  await open.run('nan');
  await open.cell('nan').locator('.cell-menu summary').click();
  await open.cell('nan').getByRole('button', { name: 'Copy output' }).click();
  await open.cell('nan').getByText('Copied the output', { exact: true }).waitFor();
  const copied = await clipboard();
  expect(copied).toMatch(/^red plain\nTraceback/);
  expect(copied).not.toContain('\x1b');
  const types = await open.page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types));
  expect(types).toEqual(['text/plain']);
});
