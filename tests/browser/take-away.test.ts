/** What readers take away is on the site, where the pages say, and needs no script. */
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { axeFaults, bringAxe } from './support/axe.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { snapshotOf } from '../../src/chapters/snapshots.ts';
import { chapters, courseRoot } from './support/course.ts';

let open: CellPage;
afterEach(() => open[Symbol.asyncDispose]());

/** What the browser saves when a link is pressed. */
async function saved(name: string): Promise<{ readonly file: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    open.page.waitForEvent('download'),
    open.page.getByRole('link', { name, exact: true }).click(),
  ]);
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const chapter = chapters.find(({ slug }) => slug === 'iterators-and-generators');
const folder = chapter?.folder ?? '';
const withoutScript = { javaScriptEnabled: false };

describe('at the end of a chapter', () => {
  it('there is its notebook, with every cell and what was recorded of it', async () => {
    open = await openChapter('iterators-and-generators/', withoutScript);
    const { file, bytes } = await saved('Jupyter notebook');
    expect(file).toBe(`${folder}.ipynb`);
    const { cells } = JSON.parse(bytes.toString()) as { cells: { id: string; outputs?: unknown[] }[] };
    const outputs = new Map(cells.map(({ id, outputs }) => [id, outputs?.length ?? 0]));
    for (const { cell } of chapter?.cells ?? []) {
      const recorded = snapshotOf('iterators-and-generators', cell.id, courseRoot);
      const ran = cell.options.mode === 'script' ? `${cell.id}-run` : cell.id;
      expect(outputs.get(ran), cell.id).toBe(recorded?.events.length);
    }
  });

  it('there are its Python files', async () => {
    open = await openChapter('iterators-and-generators/', withoutScript);
    const { file, bytes } = await saved('Python files (zip)');
    expect(file).toBe(`${folder}-python.zip`);
    const names = Object.keys(unzipSync(bytes));
    for (const { cell } of chapter?.cells ?? [])
      expect(names).toContain(
        cell.options.mode === 'script' && cell.options.name !== undefined ? cell.options.name : `${cell.id}.py`,
      );
  });

  it('axe finds nothing wrong with the links', async () => {
    open = await openChapter('iterators-and-generators/', { bypassCSP: true });
    await bringAxe(open.page);
    expect(await axeFaults(open.page, ['.page-foot'])).toEqual([]);
  });
});

it('the first page has the whole course', async () => {
  open = await openChapter('', withoutScript);
  const { file, bytes } = await saved('The course as files');
  expect(file).toBe('course.zip');
  const files = unzipSync(bytes);
  for (const { folder } of chapters) expect(Object.keys(files)).toContain(`notebooks/${folder}.ipynb`);
  expect(strFromU8(files['README.txt'] ?? new Uint8Array())).toContain('A course for tests');
});
