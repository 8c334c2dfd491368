/** Records what native CPython prints for live cells, or runs it again and compares (`src/chapters/references.ts`). */
import { cellsById, chainOf } from '../chapters/chain.ts';
import type { Chapter, PlacedCell } from '../chapters/chapter.ts';
import {
  disagreement,
  isCurrent,
  mainVersion,
  referenceVersions,
  wantsReference,
  type ReferenceVersion,
} from '../chapters/references.ts';
import { readSnapshot, removeSnapshot, snapshotIds, writeSnapshot } from '../chapters/snapshots.ts';
import type { Cell } from '../protocol/cell.ts';
import type { Producer, Snapshot } from '../protocol/snapshot.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { tell, type Outcome } from './outcome.ts';
import type { Runner } from './runner.ts';
import { whileRunning } from './running.ts';
import { refusal } from './verdict.ts';

/** Native programs keep real time: for a cell whose clock runs faster, the limit is as much longer. */
function patient(cell: Cell): Cell {
  const { clock, timeout } = cell.options;
  return { ...cell, options: { ...cell.options, clock: 1, timeout: timeout * clock } };
}

function versionOf(producer: Producer): ReferenceVersion | undefined {
  return referenceVersions.find(
    (version) => producer.python.startsWith(`${version}.`) && !producer.python.endsWith('t'),
  );
}

/** One cell that wants a reference; `check` writes nothing. */
async function refer(
  root: string,
  { folder, slug }: Chapter,
  cell: Cell,
  chain: readonly Cell[],
  native: Runner,
  check: boolean,
): Promise<Outcome> {
  const live = readSnapshot(root, folder, cell.id);
  if (live.state !== 'present' || !isCurrent(chain, live.snapshot)) {
    return { kind: 'failed', note: 'not recorded', details: 'Its own snapshot is not current: record that first.' };
  }
  const started = new Date();
  const run = await native.run(slug, chain.map(patient));
  const version = versionOf(run.producer);
  if (version === undefined) {
    const details = `NATIVE_PYTHON is CPython ${run.producer.python}; references are of ${referenceVersions.join(' and ')}.`;
    return { kind: 'failed', note: 'another version', details };
  }
  const place = `reference/${version}` as const;
  const refused = refusal(cell, run);
  if (refused !== undefined && version === mainVersion) {
    return { kind: 'failed', note: `CPython ${version} does not run it as promised`, details: refused };
  }
  if (run.end.outcome === 'fault') return { kind: 'failed', note: 'did not run', details: refused ?? '' };
  const reference: Snapshot = makeSnapshot(chain, cell, run, started);
  const differs = disagreement(cell, live.snapshot, reference);
  if (version === mainVersion) {
    if (differs !== undefined) {
      return { kind: 'failed', note: `CPython ${version} prints something else`, details: differs };
    }
  } else if (differs === undefined) {
    if (!check) removeSnapshot(root, folder, cell.id, place);
    return { kind: 'unchanged', note: `CPython ${version} prints the same` };
  }
  if (!check) {
    writeSnapshot(root, folder, reference, place);
    return { kind: 'recorded', note: `CPython ${version}, ${reference.duration.toFixed(2)} s` };
  }
  const kept = readSnapshot(root, folder, cell.id, place);
  if (kept.state === 'present' && isCurrent(chain, kept.snapshot)) {
    const drift = disagreement(cell, kept.snapshot, reference);
    return drift === undefined
      ? { kind: 'unchanged', note: `CPython ${version}` }
      : { kind: 'failed', note: `CPython ${version} drifted`, details: drift };
  }
  const details = `Run: NATIVE_PYTHON=python${version} npm run record -- --reference ${folder}/${cell.id}`;
  return { kind: 'failed', note: `no current recording of CPython ${version}`, details };
}

/** The cells of `chapter` among `cells` that want a reference, in order; with `whole`, files of other cells go. */
export async function recordReferences(
  root: string,
  chapter: Chapter,
  cells: readonly PlacedCell[],
  native: Runner,
  { check, whole }: { readonly check: boolean; readonly whole: boolean },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const byId = cellsById(chapter);
  const wanting = cells.filter(({ cell }) => wantsReference(chainOf(cell, byId)));
  for (const [index, { cell, line }] of wanting.entries()) {
    const of = { number: index + 1, all: wanting.length };
    const outcome = await whileRunning(chapter, cell.id, of, () =>
      refer(root, chapter, cell, chainOf(cell, byId), native, check),
    );
    tell(chapter, cell.id, line, outcome);
    outcomes.push(outcome);
  }
  if (!whole || check || !chapter.parsed) return outcomes;
  const ids = new Set(wanting.map(({ cell }) => cell.id));
  for (const version of referenceVersions) {
    const place = `reference/${version}` as const;
    for (const id of snapshotIds(root, chapter.folder, place).filter((each) => !ids.has(each))) {
      removeSnapshot(root, chapter.folder, id, place);
      const outcome: Outcome = { kind: 'removed', note: `no live cell wants CPython ${version}’s output` };
      tell(chapter, id, undefined, outcome);
      outcomes.push(outcome);
    }
  }
  return outcomes;
}
