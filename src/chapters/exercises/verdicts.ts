/** Verdicts on disk: `content/NN-slug/verdicts/ID.json`, written when an exercise was judged and found right in all. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { WriteExercise } from '../../protocol/exercise.ts';
import type { Data } from '../../protocol/schema.ts';
import { parseRecord } from '../parse-record.ts';

const verdictSchema = v.object({
  format: v.literal(1),
  exercise: v.string(),
  /** `exerciseHash` of what was judged. */
  hash: v.string(),
  python: v.string(),
  pyodide: v.string(),
  /** ISO date, UTC. */
  judged: v.pipe(v.string(), v.isoTimestamp()),
  /** The checks that the solution passes: all. */
  passes: v.array(v.string()),
  /** The check that the starter fails first, '' when its own code fails. */
  starterFails: v.string(),
  /** The check that each wrong answer fails first. */
  wrongFail: v.array(v.string()),
});

export type Verdict = Data<typeof verdictSchema>;

export type VerdictRead =
  | { readonly state: 'present'; readonly verdict: Verdict }
  | { readonly state: 'missing' }
  | { readonly state: 'broken'; readonly why: string };

/** Relative to the project's root, with forward slashes. */
export function verdictFile(folder: string, id: string): string {
  return `content/${folder}/verdicts/${id}.json`;
}

export function readVerdict(root: string, folder: string, id: string): VerdictRead {
  let text: string;
  try {
    text = readFileSync(join(root, verdictFile(folder, id)), 'utf8');
  } catch {
    return { state: 'missing' };
  }
  const read = parseRecord(verdictSchema, text);
  return read.state === 'present' ? { state: 'present', verdict: read.data } : read;
}

/** Ids of all verdicts of a chapter, whether or not an exercise has them. */
export function verdictIds(root: string, folder: string): readonly string[] {
  try {
    const names = readdirSync(join(root, 'content', folder, 'verdicts'));
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  } catch {
    return [];
  }
}

export function writeVerdict(root: string, folder: string, judged: Verdict): void {
  mkdirSync(join(root, 'content', folder, 'verdicts'), { recursive: true });
  writeFileSync(join(root, verdictFile(folder, judged.exercise)), `${JSON.stringify(judged, null, 2)}\n`);
}

export function removeVerdict(root: string, folder: string, id: string): void {
  rmSync(join(root, verdictFile(folder, id)));
}

/** One hash for all that Python sees of an exercise. Sentences, reasons and the time limit only tell or judge. */
export function exerciseHash({ starter, checkSource, solution, wrong }: WriteExercise): string {
  const { name, clock, net, packages } = starter.options;
  const essence = {
    file: name,
    clock,
    net,
    packages: [...packages].sort(),
    sources: [starter.source, checkSource, solution, ...wrong.map(({ source }) => source)],
  };
  return `sha256-${createHash('sha256').update(JSON.stringify(essence)).digest('hex')}`;
}
