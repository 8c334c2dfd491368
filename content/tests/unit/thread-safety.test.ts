/**
 * The table of chapter 8 on the thread safety of built-in types: each row says what the recorded run of the chapter's own
 * cell says (the suite `recorded` runs that cell again in the readers' interpreter), and what Python's documentation says.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readSnapshot } from '../../../src/chapters/snapshots.ts';
import documented from './thread-safety/documented.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../../..');
const folder = '08-shared-state-and-synchronization';
const text = readFileSync(join(root, 'content', folder, 'index.mdx'), 'utf8');

const words: Readonly<Record<string, string>> = { safe: 'good', 'half-way': 'maybe', never: 'bad' };

interface Row {
  readonly operation: string;
  readonly calls: string;
  readonly level: string | undefined;
}

const inCode = (cell: string): string[] => [...cell.matchAll(/`([^`]*)`/gu)].map(([, code = '']) => code);

/** Every operation of the table, with the two cells beside it. */
function table(): Row[] {
  const [, after = ''] = text.split('| operation | calls | free-threaded |\n');
  const lines = after.split('\n\n')[0]?.split('\n').slice(1) ?? [];
  return lines.flatMap((line) => {
    const [, operations = '', calls = '', level = ''] = line.split(/(?<!\\)\|/u).map((cell) => cell.trim());
    const names = inCode(calls).join(' ') || calls;
    return inCode(operations).map((operation) => ({
      operation: operation.replaceAll('\\|', '|'),
      calls: names,
      level: words[level],
    }));
  });
}

/** What the cell printed: a line for each set of calls, and below it, indented, the operations. */
function recorded(): Map<string, string> {
  const read = readSnapshot(root, folder, 'what-runs-inside');
  if (read.state !== 'present') throw new Error('what-runs-inside is not recorded');
  const output = read.snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  const calls = new Map<string, string>();
  for (const [, names = '', operations = ''] of output.matchAll(/^(\S.*):\n((?: {4}.*\n)+)/gmu))
    for (const operation of operations.replaceAll(/\s+/gu, ' ').split(';')) calls.set(operation.trim(), names);
  return calls;
}

const rows = table();
const pairs = (of: readonly (readonly [string, string | undefined])[]) => [...of].sort(([a], [b]) => (a < b ? -1 : 1));

it('names each operation once, with a level that the documentation has', () => {
  const operations = rows.map(({ operation }) => operation);
  expect(operations.filter((operation, at) => operations.indexOf(operation) !== at)).toEqual([]);
  expect(rows.filter(({ level }) => level === undefined)).toEqual([]);
});

it('says what the documentation says of every operation of list, dict and set', () => {
  const { list, dict, set } = documented;
  expect(pairs(rows.map(({ operation, level }) => [operation, level]))).toEqual(
    pairs(Object.entries({ ...list, ...dict, ...set })),
  );
});

it('says what the interpreter has shown that each single operation calls', () => {
  const single = rows.filter(({ level }) => level !== 'bad');
  expect(pairs(single.map(({ operation, calls }) => [operation, calls]))).toEqual(pairs([...recorded()]));
});
