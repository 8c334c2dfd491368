/** `compare=shape`: the whole standard output matches a pattern; the rest of the run is equal. */
import { linesOf, matchesShape } from './canonical.ts';
import { joinDifferences } from './difference.ts';
import { exact } from './exact.ts';
import type { Parts } from './run.ts';

export function shape(pattern: string, recorded: Parts, now: Parts): string | undefined {
  const matches = matchesShape(pattern, now.stdout);
  const shown = linesOf(now.stdout).slice(0, 10).join('\n  ');
  return joinDifferences([
    matches ? undefined : `stdout does not match shape="${pattern}":\n  ${shown}`,
    exact(recorded, now, ['stderr', 'result', 'error', 'exit']),
  ]);
}
