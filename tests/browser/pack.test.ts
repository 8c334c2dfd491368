/** The release archive, unpacked by a program that did not make it, is the built site: whole, with its hidden file, and it runs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { release } from '../../src/commands/pack/release.ts';
import { blocks, openChapter } from './support/cell-page.ts';
import { project } from './support/project-copy.ts';
import { serveAs } from './support/host.ts';

const site = inject('siteFolder');
const folder = mkdtempSync(join(tmpdir(), 'release-'));

beforeAll(() => {
  const archive = release(site, project);
  expect(release(site, project).equals(archive)).toBe(true);
  writeFileSync(join(folder, 'course.zip'), archive);
  // Python checks the sum of each file as it unpacks it.
  execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, 'course.zip'), folder]);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filesOf = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(root, file)).isFile())
    .sort();

it('has every file of the site, with the same bytes, and says what to do with them', () => {
  expect(filesOf(join(folder, 'course'))).toEqual(filesOf(site));
  expect(filesOf(site)).toContain('.nojekyll');
  for (const file of filesOf(site)) {
    if (!readFileSync(join(site, file)).equals(readFileSync(join(folder, 'course', file))))
      throw new Error(`${file} is another one`);
  }
  expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toContain('python3 -m http.server --directory course');
  expect(readdirSync(folder).sort()).toEqual(['HOSTING.md', 'LICENSE', 'README.txt', 'course', 'course.zip']);
});

it('runs a cell where it was unpacked', async () => {
  const plain = { name: 'plain', slashless: 'missing' } as const;
  await using open = await openChapter('what-python-executes/', {}, () => serveAs(plain, join(folder, 'course')));
  const recorded = await blocks(open.cell('cache-edges'));
  await open.run('cache-edges');
  expect(await blocks(open.cell('cache-edges'))).toEqual(recorded);
});
