/** `compare=relation`: the cell prints whether things hold; every True and False is the same, the words around may differ. */
import { joinDifferences, textDifference } from './difference.ts';
import { exact } from './exact.ts';
import type { Parts } from './run.ts';

function truths({ stdout, result }: Parts): string {
  const words = `${stdout}\n${result}`.match(/\b(?:True|False)\b/g) ?? [];
  return words.map((word) => `${word}\n`).join('');
}

export function relation(recorded: Parts, now: Parts): string | undefined {
  const before = truths(recorded);
  if (before === '') return 'the recorded run prints neither True nor False: compare=relation compares nothing';
  return joinDifferences([
    textDifference('the row of True and False', before, truths(now)),
    exact(recorded, now, ['error', 'exit']),
  ]);
}
