/** The tables of names in a chapter's text, and what a recorded cell of the chapter printed, for tests that compare the two. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSnapshot } from '../../../src/chapters/snapshots.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The names in the first column of the table that begins with the line `heading`. */
export function namesOf(folder: string, heading: string): string[] {
  const text = readFileSync(join(root, 'content', folder, 'index.mdx'), 'utf8');
  const [, after = ''] = text.split(`${heading}\n`);
  const rows = after.split('\n\n')[0]?.split('\n').slice(1) ?? [];
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/gu)].map(([, name = '']) => name));
}

/** The first line that a cell printed, and the names below it. */
export function printed(folder: string, id: string): { readonly first: string; readonly names: readonly string[] } {
  const read = readSnapshot(root, folder, id);
  if (read.state !== 'present') throw new Error(`${id} is not recorded`);
  const output = read.snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  const [first = '', ...below] = output.split('\n');
  return { first, names: below.join('\n').match(/\w+/gu) ?? [] };
}
