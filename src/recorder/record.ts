/** Runs one cell and writes its snapshot; a run that is refused leaves the old snapshot as it is. */
import { cellsById, chainOf } from '../chapters/chain.ts';
import type { Chapter, PlacedCell } from '../chapters/chapter.ts';
import { writeSnapshot } from '../chapters/snapshots.ts';
import { makeSnapshot } from './make-snapshot.ts';
import type { Outcome } from './outcome.ts';
import type { Runner } from './runner.ts';
import { refusal } from './verdict.ts';

export async function recordCell(
  root: string,
  chapter: Chapter,
  { cell }: PlacedCell,
  runner: Runner,
): Promise<Outcome> {
  const chain = chainOf(cell, cellsById(chapter));
  const started = new Date();
  const run = await runner.run(chapter.slug, chain);
  const refused = refusal(cell, run);
  if (refused !== undefined) return { kind: 'failed', note: 'not recorded', details: refused };
  const snapshot = makeSnapshot(chain, cell, run, started);
  writeSnapshot(root, chapter.folder, snapshot);
  return { kind: 'recorded', note: `${snapshot.duration.toFixed(2)} s` };
}
