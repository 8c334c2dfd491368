/** From the words of the command line to chapters and cells, in document order. */
import type { Chapter, PlacedCell } from '../chapters/chapter.ts';
import { judgeVerdict } from '../chapters/exercises/verdict-faults.ts';
import { judgeSnapshot } from '../chapters/snapshot-faults.ts';
import type { WriteExercise } from '../protocol/exercise.ts';
import { didYouMean } from '../chapters/suggest.ts';
import type { RecorderArguments } from './arguments.ts';

interface Judged {
  readonly exercise: WriteExercise;
  readonly line: number;
}

export interface Selection {
  readonly chapter: Chapter;
  readonly cells: readonly PlacedCell[];
  /** Those that are judged by running them. */
  readonly exercises: readonly Judged[];
  /** All of the chapter was asked for, so that snapshots without a cell are seen to. */
  readonly whole: boolean;
}

/** The others are right or wrong without running anything. */
function judged({ exercises }: Chapter): readonly Judged[] {
  return exercises.flatMap(({ exercise, line }) => (exercise.kind === 'write' ? [{ exercise, line }] : []));
}

export function select(
  root: string,
  chapters: readonly Chapter[],
  { targets, stale, native }: RecorderArguments,
): readonly Selection[] | { readonly fault: string } {
  const chosen = new Map<Chapter, Set<string> | 'all'>();
  for (const target of targets) {
    const [name = '', id, ...more] = target.split('/');
    const chapter = chapters.find(({ folder, slug }) => folder === name || slug === name);
    if (chapter === undefined || more.length > 0) {
      const known = chapters.flatMap(({ folder, slug }) => [folder, slug]);
      return { fault: `There is no chapter “${name}”. ${didYouMean(name, known)}A target is CHAPTER or CHAPTER/ID.` };
    }
    const ids = chosen.get(chapter);
    if (id === undefined) chosen.set(chapter, 'all');
    else if (
      !chapter.cells.some(({ cell }) => cell.id === id) &&
      !judged(chapter).some(({ exercise }) => exercise.id === id)
    ) {
      const known = [...chapter.cellIds, ...chapter.exerciseIds];
      const faulty = known.includes(id) ? 'It has faults, which npm run check tells, or nothing in it is run.' : '';
      return {
        fault:
          `There is no cell or exercise “${id}” to record in ${chapter.file}. ${didYouMean(id, known)}${faulty}`.trim(),
      };
    } else if (ids !== 'all') chosen.set(chapter, (ids ?? new Set<string>()).add(id));
  }
  const selections: Selection[] = [];
  for (const chapter of chapters) {
    const ids = targets.length === 0 ? 'all' : chosen.get(chapter);
    if (ids === undefined) continue;
    const cells = chapter.cells.filter((placed) => {
      if (ids !== 'all' && !ids.has(placed.cell.id)) return false;
      if (native && placed.cell.options.native === undefined) return false;
      const judged = judgeSnapshot(root, chapter, placed);
      // A chain that names a cell that is not there: the check tells it, and nothing can be run.
      return judged !== undefined && (!stale || judged.state !== 'current');
    });
    const exercises = judged(chapter).filter(({ exercise }) => {
      if (native || (ids !== 'all' && !ids.has(exercise.id))) return false;
      return !stale || judgeVerdict(root, chapter, exercise) !== undefined;
    });
    selections.push({ chapter, cells, exercises, whole: ids === 'all' && !stale && !native });
  }
  return selections;
}
