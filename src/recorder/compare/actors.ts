/** `compare=actors`: each actor prints the same lines in the same order; how actors interleave may differ. */
import { joinDifferences, textDifference } from './difference.ts';
import { exact } from './exact.ts';
import { linesOf } from './run.ts';
import type { Parts } from './run.ts';

/** The actor of a line is its first word, without brackets or a colon: `foo 3`, `[foo] 3` and `foo: 3` are of `foo`. */
function actorOf(line: string): string {
  return /^\s*[[(<]?([^\s:\])>]+)/.exec(line)?.[1] ?? '';
}

function byActor(text: string): Map<string, string> {
  const actors = new Map<string, string>();
  for (const line of linesOf(text)) {
    const actor = actorOf(line);
    actors.set(actor, `${actors.get(actor) ?? ''}${line}\n`);
  }
  return actors;
}

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
