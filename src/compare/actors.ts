/** `compare=actors`: each actor prints the same lines in the same order; how actors interleave may differ. */
import { byActor } from './canonical.ts';
import { joinDifferences, textDifference } from './difference.ts';
import { exact } from './exact.ts';
import type { Parts } from './run.ts';

export function actors(recorded: Parts, now: Parts): string | undefined {
  const differences: (string | undefined)[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    const before = byActor(recorded[stream]);
    const after = byActor(now[stream]);
    for (const actor of new Set([...before.keys(), ...after.keys()])) {
      const name = `${stream} of “${actor}”`;
      differences.push(textDifference(name, before.get(actor) ?? '', after.get(actor) ?? ''));
    }
  }
  return joinDifferences([...differences, exact(recorded, now, ['result', 'error', 'exit'])]);
}
