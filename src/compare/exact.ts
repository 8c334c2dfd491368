/** `compare=exact`: every part equal, after masks; errors by type and message. */
import { joinDifferences, textDifference } from './difference.ts';
import { partNames } from './run.ts';
import type { Parts } from './run.ts';

/** `names` restricts the comparison: other rules compare the rest of a run with this one. */
export function exact(recorded: Parts, now: Parts, names: readonly (keyof Parts)[] = partNames): string | undefined {
  return joinDifferences(names.map((name) => textDifference(name, recorded[name], now[name])));
}
