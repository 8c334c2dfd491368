/** Whatever a program prints is shown as text, bounded, and the page stays usable. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/');
});
afterAll(() => open[Symbol.asyncDispose]());

/** The element in which the output of one source is shown; each source takes a fresh cell. */
const fresh = [
  'cache-edges',
  'call-three-ways',
  'lookup-on-type',
  'nan',
  'immortal',
  'id-reuse',
  'is-and-equal',
  'who-copies',
  'unbound',
];
async function shown(source: string) {
  const id = fresh.shift();
  if (id === undefined) throw new Error('No cell is left.');
  await open.give(id, source);
  await open.run(id);
  return open.cell(id);
}

it('shows HTML as text', async () => {
  const html = '<b>bold</b> <img src=x onerror="document.title=1"> </pre><script>document.title=2</script> &amp;';
  const title = await open.page.title();
  const cell = await shown(`print('''${html}''')\n'<i>result</i>'`);
  expect(await blocks(cell)).toEqual([
    ['stdout', `${html}\n`],
    ['result', "'<i>result</i>'\n"],
  ]);
  expect(await cell.locator('.cell-output :is(b, i, img, script)').count()).toBe(0);
  expect(await open.page.title()).toBe(title);
});

it('obeys colours and carriage returns, and names control characters', async () => {
  const cell = await shown(
    'print("\\x1b[31mred\\x1b[0m plain \\x07\\u202e")\nfor n in range(5): print(f"\\r{n} of 4", end="")',
  );
  expect(await cell.locator('.ansi-fg-red').textContent()).toBe('red');
  expect(await cell.locator('.ctl').allTextContents()).toEqual(['␇U+202E']);
  const [[, text] = ['', '']] = await blocks(cell);
  expect(text).toBe('red plain ␇U+202E\n4 of 4');
});

it('bounds a hundred thousand lines and shows the first and the last', async () => {
  const cell = await shown('for n in range(100_000): print(n)');
  const text = (await blocks(cell)).map(([, part]) => part).join('');
  expect(text.startsWith('0\n1\n2\n')).toBe(true);
  expect(text.endsWith('99999\n')).toBe(true);
  expect(await cell.locator('.out-note').textContent()).toMatch(/98,900 more lines are not shown/);
  expect(await cell.locator('.cell-output *').count()).toBeLessThan(100);
});

it('bounds a line of a million characters', async () => {
  const cell = await shown('print("x" * 1_000_000)');
  expect(await cell.locator('.cut').textContent()).toBe(' … 990,000 more characters');
});

it('scrolls wide output inside the cell, never the page', async () => {
  await open.page.setViewportSize({ width: 390, height: 800 });
  const cell = await shown('print("wide " * 200)');
  const widths = await cell.locator('.cell-output').evaluate((box) => ({
    inner: box.scrollWidth > box.clientWidth,
    page: document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  }));
  expect(widths).toEqual({ inner: true, page: true });
  await open.page.setViewportSize({ width: 1280, height: 900 });
});

it.each([390, 1280])('wraps the lines of a deadlock report, so that none is cut, at %i px', async (width) => {
  await open.page.setViewportSize({ width, height: 800 });
  const waits = 'Thread(target=barrier.wait, name="a worker with quite a long name").start()';
  const cell = await shown(
    `from threading import Barrier, Thread\nbarrier = Barrier(3)\n${waits}\n${waits}\nbarrier.wait(9) if 0 else Barrier(2).wait()`,
  );
  const report = cell.locator('.out.stderr');
  expect(await report.textContent()).toContain('Barrier.wait');
  expect(
    await report.evaluate((block) => {
      const box = block.closest('.cell-output')?.getBoundingClientRect();
      const text = document.createRange();
      text.selectNodeContents(block);
      return text.getBoundingClientRect().right <= (box?.right ?? 0);
    }),
  ).toBe(true);
  await open.page.setViewportSize({ width: 1280, height: 900 });
});

it('answers the reader while a program prints without end', async () => {
  const id = 'unbound';
  await open.give(id, 'import itertools\nfor n in itertools.count(): print(n)');
  await open.cell(id).getByRole('button', { name: 'Run', exact: true }).click();
  await open.cell(id).locator('.out-note').waitFor();
  // Frames go on, and a press of Stop is heard.
  await open.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await open.cell(id).getByRole('button', { name: 'Stop', exact: true }).click();
  await ended(open.cell(id));
  expect((await blocks(open.cell(id))).at(-1)).toEqual(['error', expect.stringMatching(/\nKeyboardInterrupt\n$/)]);
  expect(await open.cell(id).locator('.cell-output *').count()).toBeLessThan(1000);
});
