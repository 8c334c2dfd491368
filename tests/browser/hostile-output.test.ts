/** Whatever a recorded program printed, the built page shows it as text, within bounds, and stays a page. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cellHash } from '../../src/chapters/cell-hash.ts';
import { cellsById, chainOf } from '../../src/chapters/chain.ts';
import { readChapters } from '../../src/chapters/read-chapters.ts';
import { writeSnapshot } from '../../src/chapters/snapshots.ts';
import type { OutputEvent } from '../../src/protocol/event.ts';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import { launchChromium } from './support/chromium.ts';
import { copyProject, project } from './support/project-copy.ts';
import { serveSite, type Site } from './support/site.ts';

const attack = '</samp></pre><img src=x onerror="document.title=1"><script>document.title=2</script><b id="owned">';
const printed = {
  html: [{ type: 'stdout', at: 0, text: `${attack}\n` }],
  error: [{ type: 'error', at: 0, name: 'E', message: attack, traceback: `\x1b[1;35mE\x1b[0m: ${attack}\n` }],
  colours: [{ type: 'stdout', at: 0, text: '\x1b[31mred\x1b[0m \x1b]0;title\x07\x1b[2J\x1b[999;999Hplain\n' }],
  controls: [{ type: 'stdout', at: 0, text: 'a\x00b\x07c\u202ed\u2028e\n' }],
  surrogates: [{ type: 'result', at: 0, text: "'\ud800' and \udfff" }],
  line: [{ type: 'stdout', at: 0, text: `${'x'.repeat(1 << 20)}\n` }],
  lines: [{ type: 'stdout', at: 0, text: Array.from({ length: 100_000 }, (_, at) => `line ${at}\n`).join('') }],
} satisfies Readonly<Record<string, readonly OutputEvent[]>>;

let root: string;
let site: Site;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  root = copyProject('hostile');
  const cells = Object.keys(printed).map(
    (id) => `\`\`\`python run id=${id}${id === 'error' ? ' expect=error' : ''}\nprint("${id}")\n\`\`\``,
  );
  mkdirSync(join(root, 'content/01-one'));
  writeFileSync(join(root, 'content/01-one/index.mdx'), `${frontmatter(1)}\n${cells.join('\n\n')}\n`);
  for (const chapter of readChapters(root).chapters) {
    for (const { cell } of chapter.cells) {
      writeSnapshot(root, chapter.folder, {
        format: 1,
        cell: cell.id,
        hash: cellHash(chainOf(cell, cellsById(chapter))),
        producer: { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' },
        recorded: '2026-11-22T12:00:00Z',
        duration: 0.01,
        events: printed[cell.id as keyof typeof printed],
      });
    }
  }
  execFileSync(join(project, 'node_modules/.bin/astro'), ['build'], {
    cwd: root,
    env: { ...process.env, OUT_DIR: 'dist', NODE_ENV: 'production' },
    stdio: 'pipe',
  });
  site = await serveSite({ folder: join(root, 'dist') });
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(site.url('one/'));
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

const output = async (id: string): Promise<string> =>
  (await page.locator(`py-cell[id="${id}"] .cell-output .out`).allTextContents()).join('');

it('shows HTML as the text that it is, in output and in tracebacks', async () => {
  expect(await output('html')).toBe(`${attack}\n`);
  expect(await output('error')).toBe(`E: ${attack}\n`);
  expect(await page.locator('#owned, .cell-output img, .cell-output script').count()).toBe(0);
  expect(await page.title()).not.toMatch(/^\d$/);
});

it('colours what escape sequences colour, and obeys no other', async () => {
  expect(await output('colours')).toBe('red plain\n');
  const red = page.locator('py-cell[id="colours"] .out span', { hasText: 'red' });
  expect(await red.count()).toBe(1);
});

it('names control characters and lone surrogates', async () => {
  expect(await output('controls')).toBe('a␀b␇cU+202EdU+2028e\n');
  expect(await output('surrogates')).toMatch(/^'.{1,8}' and .{1,8}\n$/u);
  expect((await output('surrogates')).isWellFormed()).toBe(true);
});

it('cuts a line of a megabyte and a hundred thousand lines, and says what is left out', async () => {
  const line = await output('line');
  expect(line.length).toBeLessThan(20_000);
  expect(line).toContain('1,038,576 more characters');
  const lines = await output('lines');
  expect(lines).toMatch(/^line 0\n/);
  expect(lines).toMatch(/line 99999\n$/);
  expect(lines.split('\n').length).toBeLessThan(1200);
  expect(await page.locator('py-cell[id="lines"]').textContent()).toContain('more lines are not shown.');
});

it('is still a page: small, whole, and its buttons work', async () => {
  expect(statSync(join(root, 'dist/one/index.html')).size).toBeLessThan(1 << 20);
  expect(await page.locator('py-cell').count()).toBe(Object.keys(printed).length);
  await page.locator('py-cell[id="lines"]').getByRole('button', { name: 'Run', exact: true }).focus();
  expect(await page.locator('footer').last().isVisible()).toBe(true);
  expect(faults).toEqual([]);
});
