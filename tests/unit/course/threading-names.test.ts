/**
 * The table of chapter 7 names every function that `threading` exports, and the rest that is not a class, each name once.
 * What it exports is what the recorded run of the chapter's own cell printed (the suite `recorded` runs that cell again
 * in the readers' interpreter).
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readSnapshot } from '../../../src/chapters/snapshots.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = '07-threading-timers-daemons-helpers';
const text = readFileSync(join(root, 'content', folder, 'index.mdx'), 'utf8');

/** The names in the first column of the table under this heading. */
function namesOf(heading: string): string[] {
  const [, after = ''] = text.split(`${heading}\n`);
  const rows = after.split('\n\n')[0]?.split('\n').slice(1) ?? [];
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/gu)].map(([, name = '']) => name));
}

/** What the cell printed: how many names there are, and the names below that line. */
function exported(): { count: number; names: string[] } {
  const read = readSnapshot(root, folder, 'module-functions');
  if (read.state !== 'present') throw new Error('module-functions is not recorded');
  const output = read.snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  const [first = '', ...below] = output.split('\n');
  return { count: Number.parseInt(first, 10), names: below.join('\n').match(/\w+/gu) ?? [] };
}

const table = namesOf('| name | what it returns or does |');

it('finds the table and the recorded names', () => {
  expect(table).toContain('current_thread');
  expect(exported().names).toHaveLength(exported().count);
});

it('names all that the module exports besides its classes, and each once', () => {
  expect([...table].sort()).toEqual(exported().names.sort());
});
