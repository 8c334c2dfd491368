/** Runs one cell again, unless it is known to pass, and compares it with its snapshot by the cell's rule. */
import { cellsById, chainOf } from '../chapters/chain.ts';
import type { Chapter, PlacedCell } from '../chapters/chapter.ts';
import { judgeSnapshot } from '../chapters/snapshot-faults.ts';
import { readSnapshot } from '../chapters/snapshots.ts';
import type { Producer } from '../protocol/snapshot.ts';
import { compareRuns } from '../compare/compare.ts';
import type { Known } from './known.ts';
import { kept } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Runner } from './runner.ts';
import { refusal } from './verdict.ts';

/** A native recording says what one version on one platform does: only the same one can confirm it. */
function otherInterpreter(recorded: Producer, now: Producer): string | undefined {
  if (recorded.kind !== 'native' || now.kind !== 'native') return undefined;
  // A free-threaded build, 3.14.2t, is an interpreter of its own.
  const minor = (version: string): string => version.replace(/^(\d+\.\d+)\S*?(t?)$/, '$1$2');
  if (minor(recorded.python) === minor(now.python) && recorded.platform === now.platform) return undefined;
  return `recorded with CPython ${recorded.python} on ${recorded.platform}; NATIVE_PYTHON is ${now.python} on ${now.platform}`;
}

export async function checkCell(
  root: string,
  chapter: Chapter,
  placed: PlacedCell,
  runner: Runner | undefined,
  known?: Known,
): Promise<Outcome> {
  const { cell } = placed;
  const judged = judgeSnapshot(root, chapter, placed);
  if (judged !== undefined && judged.state !== 'current') {
    return {
      kind: 'failed',
      note: judged.state,
      details: `${judged.why}\nRun: npm run record -- ${chapter.folder}/${cell.id}`,
    };
  }
  const read = readSnapshot(root, chapter.folder, cell.id);
  if (read.state !== 'present') return { kind: 'failed', note: read.state, details: 'The snapshot cannot be read.' };
  if (cell.options.compare.kind === 'recorded-only') return { kind: 'skipped', note: 'recorded only' };
  if (runner === undefined) return { kind: 'skipped', note: 'needs NATIVE_PYTHON' };
  const chain = chainOf(cell, cellsById(chapter));
  // What a native cell prints is the interpreter's, which is named from outside and may be another tomorrow.
  const proof =
    cell.options.native === undefined
      ? known?.of(`${chapter.folder}/${cell.id}`, chapter.slug, JSON.stringify(chain), JSON.stringify(read.snapshot))
      : undefined;
  if (proof?.holds === true) return kept;
  const run = await runner.run(chapter.slug, chain);
  const other = otherInterpreter(read.snapshot.producer, run.producer);
  if (other !== undefined) return { kind: 'skipped', note: other };
  if (run.end.outcome === 'fault') return { kind: 'failed', note: 'did not run', details: refusal(cell, run) ?? '' };
  const drift = compareRuns(cell.options, read.snapshot, { events: run.events, duration: run.end.duration });
  if (drift === undefined) proof?.keep();
  if (drift === undefined) return { kind: 'unchanged', note: `compare=${cell.options.compare.kind}` };
  return { kind: 'failed', note: `drifted (compare=${cell.options.compare.kind})`, details: drift };
}
