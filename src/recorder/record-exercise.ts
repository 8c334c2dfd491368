/** Judges one exercise and writes its verdict; one that is not right leaves the old verdict as it is. */
import type { Chapter } from '../chapters/chapter.ts';
import { judgeVerdict } from '../chapters/exercises/verdict-faults.ts';
import { readVerdict, writeVerdict } from '../chapters/exercises/verdicts.ts';
import type { WriteExercise } from '../protocol/exercise.ts';
import type { Driver } from './driver/contract.ts';
import { judge } from './judge.ts';
import type { Known } from './known.ts';
import { kept } from './outcome.ts';
import type { Outcome } from './outcome.ts';

const words = ({ checks, wrong }: WriteExercise): string => `${checks.length} checks, ${wrong.length} wrong answers`;

/** `driver` is asked for when something is run. */
export async function recordExercise(
  root: string,
  chapter: Chapter,
  exercise: WriteExercise,
  driver: () => Promise<Driver>,
): Promise<Outcome> {
  const judgement = await judge(await driver(), exercise);
  if (!judgement.right) return { kind: 'failed', note: 'not right', details: judgement.details };
  writeVerdict(root, chapter.folder, judgement.verdict);
  return { kind: 'recorded', note: words(exercise) };
}

/** Writes nothing: the verdict that is there must hold. An exercise that is known to be right is not judged again. */
export async function checkExercise(
  root: string,
  chapter: Chapter,
  exercise: WriteExercise,
  driver: () => Promise<Driver>,
  known?: Known,
): Promise<Outcome> {
  const stale = judgeVerdict(root, chapter, exercise);
  if (stale !== undefined) {
    const details = `${stale}\nRun: npm run record -- ${chapter.folder}/${exercise.id}`;
    return { kind: 'failed', note: 'verdict', details };
  }
  const verdict = readVerdict(root, chapter.folder, exercise.id);
  const proof = known?.of(`${chapter.folder}/${exercise.id}`, JSON.stringify(exercise), JSON.stringify(verdict));
  if (proof?.holds === true) return kept;
  const judgement = await judge(await driver(), exercise);
  if (!judgement.right) return { kind: 'failed', note: 'not right', details: judgement.details };
  proof?.keep();
  return { kind: 'unchanged', note: words(exercise) };
}
