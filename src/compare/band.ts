/** `compare=band`: the same text, and a duration within limits given as ratios to the recorded one. */
import type { CompareRule } from '../protocol/cell.ts';
import { joinDifferences } from './difference.ts';
import { exact } from './exact.ts';
import type { Parts, Run } from './run.ts';

function durationDifference(
  { low, high }: CompareRule & { readonly kind: 'band' },
  recorded: Run,
  now: Run,
): string | undefined {
  if (recorded.duration <= 0) return 'the recorded run took no time: a band of its duration says nothing';
  const ratio = now.duration / recorded.duration;
  if (ratio >= low && ratio <= high) return undefined;
  const [before, after] = [recorded.duration.toFixed(2), now.duration.toFixed(2)];
  return `duration ${after} s is ${ratio.toFixed(2)} times the recorded ${before} s, outside ${low}..${high}`;
}

export function band(
  rule: CompareRule & { readonly kind: 'band' },
  recorded: { readonly run: Run; readonly parts: Parts },
  now: { readonly run: Run; readonly parts: Parts },
): string | undefined {
  return joinDifferences([exact(recorded.parts, now.parts), durationDifference(rule, recorded.run, now.run)]);
}
