/** Every exercise was judged as it is now: its solution, starter and wrong answers end as its author says. */
import { isPredicted } from '../../compare/prediction.ts';
import type { PredictExercise, WriteExercise } from '../../protocol/exercise.ts';
import { printedText } from '../../protocol/printed-text.ts';
import type { Chapter, PlacedExercise } from '../chapter.ts';
import { contentFault, snapshotFault } from '../content-fault.ts';
import type { ContentFault } from '../content-fault.ts';
import { readSnapshot } from '../snapshots.ts';
import { didYouMean } from '../suggest.ts';
import { exerciseHash, readVerdict, verdictFile, verdictIds } from './verdicts.ts';

/** What the verdict of an exercise lacks; undefined when it is right and of this very exercise. */
export function judgeVerdict(root: string, chapter: Chapter, exercise: WriteExercise): string | undefined {
  const { id } = exercise;
  const read = readVerdict(root, chapter.folder, id);
  if (read.state === 'missing')
    return `the exercise “${id}” was not judged: nobody knows whether its solution is right`;
  if (read.state === 'broken') return `the verdict on the exercise “${id}” cannot be read: ${read.why}`;
  const { verdict } = read;
  if (verdict.exercise !== id) return `the verdict on the exercise “${id}” says that it is on “${verdict.exercise}”`;
  if (verdict.hash !== exerciseHash(exercise)) return `the exercise “${id}” has changed since it was judged`;
  const checks = exercise.checks.map(({ name }) => name);
  if (verdict.passes.join() !== checks.join()) return `the solution of “${id}” was not judged with every check`;
  const at = exercise.wrong.findIndex(({ fails }, index) => verdict.wrongFail[index] !== fails);
  if (at === -1) return undefined;
  const found = verdict.wrongFail[at] ?? 'nothing';
  return `wrong answer ${at + 1} of “${id}” fails first at ${found}, not at ${exercise.wrong[at]?.fails ?? ''}`;
}

function predictFaults(root: string, chapter: Chapter, exercise: PredictExercise, line: number): ContentFault[] {
  const cell = chapter.cells.find((placed) => placed.cell.id === exercise.cell)?.cell;
  const read = readSnapshot(root, chapter.folder, exercise.cell);
  // A cell without a snapshot is told with the others.
  if (cell === undefined || read.state !== 'present') return [];
  const expected = printedText(read.snapshot.events);
  const faults: ContentFault[] = [];
  const fault = (what: string, mend: string): void =>
    void faults.push(contentFault({ file: chapter.file, line }, what, mend));
  if (expected.trim() === '') {
    fault(`the cell of “${exercise.id}” prints nothing`, 'Ask for the output of a cell that has some.');
    return faults;
  }
  for (const [index, { text }] of exercise.wrong.entries()) {
    if (isPredicted(cell.options, expected, text)) {
      const what = `wrong prediction ${index + 1} of “${exercise.id}” is what the cell prints`;
      fault(what, 'Write one that people give and that differs, or choose a stricter compare= for the cell.');
    }
  }
  return faults;
}

function faultsOf(root: string, chapter: Chapter, { exercise, line }: PlacedExercise): ContentFault[] {
  switch (exercise.kind) {
    case 'write': {
      const why = judgeVerdict(root, chapter, exercise);
      const mend = `Run: npm run record -- ${chapter.folder}/${exercise.id}`;
      return why === undefined ? [] : [snapshotFault({ file: chapter.file, line }, why, mend)];
    }
    case 'predict':
      return predictFaults(root, chapter, exercise, line);
    case 'order':
    case 'choose':
      return [];
    default:
      return exercise satisfies never;
  }
}

export function orphanedVerdicts(root: string, chapter: Chapter): readonly string[] {
  if (!chapter.parsed) return [];
  return verdictIds(root, chapter.folder).filter((id) => !chapter.exerciseIds.has(id));
}

export function verdictFaults(root: string, chapter: Chapter): ContentFault[] {
  const faults = chapter.exercises.flatMap((placed) => faultsOf(root, chapter, placed));
  for (const id of orphanedVerdicts(root, chapter)) {
    faults.push(
      snapshotFault(
        { file: verdictFile(chapter.folder, id), line: 1 },
        `a verdict without an exercise: the chapter has no “${id}”`,
        `${didYouMean(id, [...chapter.exerciseIds])}Delete the file, or record the chapter: npm run record -- ${chapter.folder}`,
      ),
    );
  }
  return faults;
}
