/**
 * Runs one cell twice and writes the snapshot of the first run; what is refused leaves the old snapshot as it is.
 */
import { cellsById, chainOf } from '../chapters/chain.ts';
import type { Chapter, PlacedCell } from '../chapters/chapter.ts';
import { writeSnapshot } from '../chapters/snapshots.ts';
import { largeOutput } from './large.ts';
import { makeSnapshot } from './make-snapshot.ts';
import type { Outcome } from './outcome.ts';
import type { Runner } from './runner.ts';
import { unsteady } from './steady.ts';
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
  const large = largeOutput(snapshot);
  if (large !== undefined) console.warn(`! ${chapter.folder}/${cell.id}  ${large}`);
  // A recording that only documents one run promises nothing of another.
  if (cell.options.compare.kind !== 'recorded-only') {
    const again = await runner.run(chapter.slug, chain);
    const differs = refusal(cell, again) ?? unsteady(cell, run, again);
    if (differs !== undefined)
      return { kind: 'failed', note: 'not recorded: it is not the same twice', details: differs };
  }
  writeSnapshot(root, chapter.folder, snapshot);
  return { kind: 'recorded', note: `${snapshot.duration.toFixed(2)} s` };
}
