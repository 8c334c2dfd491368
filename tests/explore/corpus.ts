/** Reads the programs of `corpus/`, with what their comments say of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExplorationAsked } from '../../src/protocol/exploration.ts';

const folder = join(import.meta.dirname, 'corpus');

export interface Broken {
  readonly name: string;
  readonly file: string;
  readonly fails: string;
  readonly granularity: ExplorationAsked['granularity'];
  readonly preemptions: number;
}

const names = (kind: string) => readdirSync(join(folder, kind)).filter((name) => name.endsWith('.py'));

function comment(text: string, word: string): string {
  const [, value] = new RegExp(`^# ${word}: (\\S+)$`, 'mu').exec(text) ?? [];
  if (value === undefined) throw new Error(`# ${word}: is missing.`);
  return value;
}

export const broken: readonly Broken[] = names('broken').map((name) => {
  const file = join(folder, 'broken', name);
  const text = readFileSync(file, 'utf8');
  const granularity = comment(text, 'granularity') === 'gil' ? 'gil' : 'instruction';
  const preemptions = Number(comment(text, 'preemptions'));
  return { name: name.slice(0, -3), file, fails: comment(text, 'fails'), granularity, preemptions };
});

export const sound: readonly { readonly name: string; readonly file: string }[] = names('sound').map((name) => ({
  name: name.slice(0, -3),
  file: join(folder, 'sound', name),
}));
