/** Snapshots without a cell and verdicts without an exercise: removed when a whole chapter is recorded, failures when it is checked. */
import type { Chapter } from '../chapters/chapter.ts';
import { orphanedVerdicts } from '../chapters/exercises/verdict-faults.ts';
import { removeVerdict, verdictFile } from '../chapters/exercises/verdicts.ts';
import { removeSnapshot, snapshotFile, snapshotIds } from '../chapters/snapshots.ts';
import { tell } from './outcome.ts';
import type { Outcome } from './outcome.ts';

interface Orphan {
  readonly id: string;
  /** What it is without. */
  readonly of: 'cell' | 'exercise';
  /** Relative to the project's root. */
  readonly file: string;
  readonly remove: (root: string, folder: string, id: string) => void;
}

/** None where the chapter could not be parsed: nothing is known of its cells then. */
export function orphansOf(root: string, chapter: Chapter): readonly Orphan[] {
  if (!chapter.parsed) return [];
  const { folder } = chapter;
  const snapshots = snapshotIds(root, folder).filter((id) => !chapter.cellIds.has(id));
  return [
    ...snapshots.map((id) => ({ id, of: 'cell', file: snapshotFile(folder, id), remove: removeSnapshot }) as const),
    ...orphanedVerdicts(root, chapter).map(
      (id) => ({ id, of: 'exercise', file: verdictFile(folder, id), remove: removeVerdict }) as const,
    ),
  ];
}

export function seeToOrphans(root: string, chapter: Chapter, check: boolean): Outcome[] {
  return orphansOf(root, chapter).map(({ id, of, file, remove }) => {
    if (!check) remove(root, chapter.folder, id);
    const outcome: Outcome = check
      ? {
          kind: 'failed',
          note: 'orphaned',
          details: `No ${of} has the id of ${file}: delete it, or record the chapter.`,
        }
      : { kind: 'removed', note: `no ${of} has this id` };
    tell(chapter, id, undefined, outcome);
    return outcome;
  });
}
