/** `compare=unordered`: the same lines, each as often, in any order. */
import { sortedLines } from './canonical.ts';
import { joinDifferences, textDifference } from './difference.ts';
import { exact } from './exact.ts';
import type { Parts } from './run.ts';

export function unordered(recorded: Parts, now: Parts): string | undefined {
  return joinDifferences([
    textDifference('stdout, sorted,', sortedLines(recorded.stdout), sortedLines(now.stdout)),
    textDifference('stderr, sorted,', sortedLines(recorded.stderr), sortedLines(now.stderr)),
    exact(recorded, now, ['result', 'error', 'exit']),
  ]);
}
