/** Judges one exercise and writes its verdict; one that is not right leaves the old verdict as it is. */
import type { Chapter } from '../chapters/chapter.ts';
import { judgeVerdict } from '../chapters/exercises/verdict-faults.ts';
import { writeVerdict } from '../chapters/exercises/verdicts.ts';
import type { WriteExercise } from '../protocol/exercise.ts';
import type { Driver } from './driver/contract.ts';
import { judge } from './judge.ts';
import type { Outcome } from './outcome.ts';

/** With `check` nothing is written: the verdict that is there must hold. `driver` is asked for when something is run. */
export async function recordExercise(
  root: string,
  chapter: Chapter,
  exercise: WriteExercise,
  driver: () => Promise<Driver>,
  check: boolean,
): Promise<Outcome> {
  const stale = check ? judgeVerdict(root, chapter, exercise) : undefined;
  if (stale !== undefined) {
    const details = `${stale}\nRun: npm run record -- ${chapter.folder}/${exercise.id}`;
    return { kind: 'failed', note: 'verdict', details };
  }
  const judgement = await judge(await driver(), exercise);
  if (!judgement.right) return { kind: 'failed', note: 'not right', details: judgement.details };
  const words = `${exercise.checks.length} checks, ${exercise.wrong.length} wrong answers`;
  if (check) return { kind: 'unchanged', note: words };
  writeVerdict(root, chapter.folder, judgement.verdict);
  return { kind: 'recorded', note: words };
}
