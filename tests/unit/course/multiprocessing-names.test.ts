/**
 * The two tables of chapter 9 name everything that `multiprocessing` exports, each name once. What it exports is what the
 * recorded run of the chapter's own cell printed (the suite `recorded` runs that cell again in the readers' interpreter).
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readSnapshot } from '../../../src/chapters/snapshots.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = '09-multiprocessing-process';
const text = readFileSync(join(root, 'content', folder, 'index.mdx'), 'utf8');

/** The names in the first column of the table that begins with this line. */
function namesOf(heading: string): string[] {
  const [, after = ''] = text.split(`${heading}\n`);
  const rows = after.split('\n\n')[0]?.split('\n').slice(1) ?? [];
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/gu)].map(([, name = '']) => name));
}

/** What the cell printed below its first line. */
function exported(): string[] {
  const read = readSnapshot(root, folder, 'module-exports');
  if (read.state !== 'present') throw new Error('module-exports is not recorded');
  const output = read.snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return output.slice(output.indexOf('\n')).match(/\w+/gu) ?? [];
}

const functions = namesOf('| function | what it returns or does |');
const rest = namesOf('| name | what it is | where |');

it('finds both tables', () => {
  expect(functions).toContain('current_process');
  expect(rest).toContain('Process');
});

it('names all that the module exports, and each once', () => {
  expect([...functions, ...rest].sort()).toEqual(exported().sort());
});
