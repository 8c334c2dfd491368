/** `compare=relation`: the cell prints whether things hold; every True and False is the same, the words around may differ. */
import { truthsOf } from './canonical.ts';
import { joinDifferences, textDifference } from './difference.ts';
import { exact } from './exact.ts';
import type { Parts } from './run.ts';

const truths = ({ stdout, result }: Parts): string => truthsOf(`${stdout}\n${result}`);

export function relation(recorded: Parts, now: Parts): string | undefined {
  const before = truths(recorded);
  if (before === '') return 'the recorded run prints neither True nor False: compare=relation compares nothing';
  return joinDifferences([
    textDifference('the row of True and False', before, truths(now)),
    exact(recorded, now, ['error', 'exit']),
  ]);
}
