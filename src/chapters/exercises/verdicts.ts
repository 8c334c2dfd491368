/** Verdicts on disk: `content/NN-slug/verdicts/ID.json`, written when an exercise was judged and found right in all. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import type { WriteExercise } from '../../protocol/exercise.ts';

const verdict = z.strictObject({
  format: z.literal(1),
  exercise: z.string(),
  /** `exerciseHash` of what was judged. */
  hash: z.string(),
  python: z.string(),
  pyodide: z.string(),
  /** ISO date, UTC. */
  judged: z.iso.datetime(),
  /** The checks that the solution passes: all. */
  passes: z.array(z.string()),
  /** The check that the starter fails first, '' when its own code fails. */
  starterFails: z.string(),
  /** The check that each wrong answer fails first. */
  wrongFail: z.array(z.string()),
});

export type Verdict = z.infer<typeof verdict>;

export type VerdictRead =
  | { readonly state: 'present'; readonly verdict: Verdict }
  | { readonly state: 'missing' }
  | { readonly state: 'broken'; readonly why: string };

/** Relative to the project's root, with forward slashes. */
export function verdictFile(folder: string, id: string): string {
  return `content/${folder}/verdicts/${id}.json`;
}

export function readVerdict(root: string, folder: string, id: string): VerdictRead {
  let data: unknown;
  let text: string;
  try {
    text = readFileSync(join(root, verdictFile(folder, id)), 'utf8');
  } catch {
    return { state: 'missing' };
  }
  try {
    data = JSON.parse(text);
  } catch {
    return { state: 'broken', why: 'it is not JSON' };
  }
  const result = verdict.safeParse(data);
  if (result.success) return { state: 'present', verdict: result.data };
  const [issue] = result.error.issues;
  return { state: 'broken', why: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}` };
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
  const { name, clock, packages } = starter.options;
  const essence = {
    file: name,
    clock,
    packages: [...packages].sort(),
    sources: [starter.source, checkSource, solution, ...wrong.map(({ source }) => source)],
  };
  return `sha256-${createHash('sha256').update(JSON.stringify(essence)).digest('hex')}`;
}
