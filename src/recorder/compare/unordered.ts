/** `compare=unordered`: the same lines, each as often, in any order. */
import { joinDifferences, textDifference } from './difference.ts';
import { exact } from './exact.ts';
import { linesOf } from './run.ts';
import type { Parts } from './run.ts';

function sorted(text: string): string {
  return linesOf(text)
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

export function unordered(recorded: Parts, now: Parts): string | undefined {
  return joinDifferences([
    textDifference('stdout, sorted,', sorted(recorded.stdout), sorted(now.stdout)),
    textDifference('stderr, sorted,', sorted(recorded.stderr), sorted(now.stderr)),
    exact(recorded, now, ['result', 'error', 'exit']),
  ]);
}
