/** Every cell has a snapshot of what it is now, and every snapshot a cell. */
import type { Chapter, PlacedCell } from './chapter.ts';
import { cellHash } from './cell-hash.ts';
import { cellsById, chainOf } from './chain.ts';
import { snapshotFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { endedWithError } from './ending.ts';
import { readSnapshot, snapshotFile, snapshotIds } from './snapshots.ts';
import { didYouMean } from './suggest.ts';

type SnapshotState = 'current' | 'missing' | 'broken' | 'stale' | 'unexpected';

interface Judged {
  readonly state: SnapshotState;
  readonly why: string;
}

/** What a cell's snapshot is worth; undefined when its chain has faults of its own, so that nothing can be said. */
export function judgeSnapshot(root: string, chapter: Chapter, { cell }: PlacedCell): Judged | undefined {
  const chain = chainOf(cell, cellsById(chapter));
  if (chain[0]?.options.after !== undefined) return undefined;
  const read = readSnapshot(root, chapter.folder, cell.id);
  if (read.state === 'missing') return { state: 'missing', why: `“${cell.id}” has no recorded output` };
  if (read.state === 'broken') {
    return { state: 'broken', why: `the recorded output of “${cell.id}” cannot be read: ${read.why}` };
  }
  const { snapshot } = read;
  if (snapshot.cell !== cell.id) {
    return { state: 'broken', why: `the recorded output of “${cell.id}” says that it is of “${snapshot.cell}”` };
  }
  if (snapshot.hash !== cellHash(chain)) {
    return {
      state: 'stale',
      why: `“${cell.id}” or a cell that it continues has changed since its output was recorded`,
    };
  }
  const timeline = snapshot.timeline !== undefined;
  if (timeline !== (cell.options.timeline === true)) {
    const why = timeline
      ? `“${cell.id}” was recorded with a timeline that it no longer shows`
      : `“${cell.id}” shows a timeline and was recorded without one`;
    return { state: 'stale', why };
  }
  const raised = endedWithError(snapshot.events);
  if (raised && !cell.options.expectError) {
    return { state: 'unexpected', why: `“${cell.id}” was recorded with an error that it does not expect` };
  }
  if (!raised && cell.options.expectError) {
    return { state: 'unexpected', why: `“${cell.id}” expects an error and was recorded without one` };
  }
  return { state: 'current', why: '' };
}

export function snapshotFaults(root: string, chapter: Chapter): ContentFault[] {
  const faults: ContentFault[] = [];
  for (const placed of chapter.cells) {
    const judged = judgeSnapshot(root, chapter, placed);
    if (judged === undefined || judged.state === 'current') continue;
    const mend = `Run: npm run record -- ${chapter.folder}/${placed.cell.id}`;
    faults.push(snapshotFault({ file: chapter.file, line: placed.line }, judged.why, mend));
  }
  if (!chapter.parsed) return faults;
  for (const id of snapshotIds(root, chapter.folder)) {
    if (chapter.cellIds.has(id)) continue;
    faults.push(
      snapshotFault(
        { file: snapshotFile(chapter.folder, id), line: 1 },
        `a snapshot without a cell: the chapter has no “${id}”`,
        `${didYouMean(id, [...chapter.cellIds])}Delete the file, or record the chapter: npm run record -- ${chapter.folder}`,
      ),
    );
  }
  return faults;
}
