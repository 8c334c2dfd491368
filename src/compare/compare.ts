/** Compares a run with the recorded one by the rule that the cell's author chose; the rule is never global. */
import type { CellOptions } from '../protocol/cell.ts';
import { actors } from './actors.ts';
import { band } from './band.ts';
import { error } from './error.ts';
import { exact } from './exact.ts';
import { maskParts } from './masks.ts';
import { relation } from './relation.ts';
import { partsOf } from './run.ts';
import type { Run } from './run.ts';
import { shape } from './shape.ts';
import { unordered } from './unordered.ts';

/** What differs, in lines for a terminal; undefined when the runs agree. */
export function compareRuns(
  { compare: rule, masks }: Pick<CellOptions, 'compare' | 'masks'>,
  recorded: Run,
  now: Run,
): string | undefined {
  if (rule.kind === 'recorded-only') return undefined;
  const before = maskParts(partsOf(recorded), masks);
  const after = maskParts(partsOf(now), masks);
  switch (rule.kind) {
    case 'exact':
      return exact(before, after);
    case 'error':
      return error(before, after);
    case 'actors':
      return actors(before, after);
    case 'unordered':
      return unordered(before, after);
    case 'relation':
      return relation(before, after);
    case 'band':
      return band(rule, { run: recorded, parts: before }, { run: now, parts: after });
    case 'shape':
      // The pattern is about the output as it is: masks would hide from it what it describes.
      return shape(rule.pattern, before, { ...after, stdout: partsOf(now).stdout });
    default:
      return rule satisfies never;
  }
}
