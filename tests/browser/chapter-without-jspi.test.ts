/** Without JSPI the plain cells of each chapter in which time passes print what was recorded. */
import { expect, it } from 'vitest';
import { cellsById, chainOf } from '../../src/chapters/chain.ts';
import type { Chapter } from '../../src/chapters/chapter.ts';
import { whyFibers } from '../../src/chapters/needs/fiber-needs.ts';
import { readSnapshot } from '../../src/chapters/snapshots.ts';
import { findBrowser } from '../../src/commands/browser.mjs';
import { compareRuns } from '../../src/compare/compare.ts';
import type { Cell } from '../../src/protocol/cell.ts';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { LivePython } from '../../src/recorder/live.ts';
import { chapters, courseRoot } from './support/course.ts';
import { withoutJspi } from './support/without-jspi.ts';

const missing = findBrowser('firefox') === undefined;

interface Waiting {
  readonly chapter: Chapter;
  readonly chain: readonly Cell[];
  readonly cell: Cell;
  readonly snapshot: Snapshot;
}

/** Cells in which time passes, or a loop runs, are those that could be other without fibers; the longest first. */
function plainCellsThatWait(): Waiting[] {
  const found = chapters.flatMap((chapter) => {
    const cells = cellsById(chapter);
    return chapter.cells.flatMap(({ cell }) => {
      const chain = chainOf(cell, cells);
      const plain = cell.options.native === undefined && whyFibers(chain) === undefined;
      if (!plain || !/\b(?:await|sleep|process_time|thread_time)\b/.test(cell.source)) return [];
      const read = readSnapshot(courseRoot, chapter.folder, cell.id);
      return read.state === 'present' ? [{ chapter, chain, cell, snapshot: read.snapshot }] : [];
    });
  });
  return found.sort((a, b) => b.snapshot.duration - a.snapshot.duration);
}

/** What a cell says of time may be wrong once on a busy machine; what is other without fibers is so each time. */
async function driftOf(python: LivePython, { chapter, chain, cell, snapshot }: Waiting): Promise<string | undefined> {
  let drift: string | undefined;
  for (let run = 0; run < 3; run++) {
    const { events, end } = await python.run(chapter.slug, chain);
    drift =
      end.outcome === 'fault'
        ? end.fault.what
        : compareRuns(cell.options, snapshot, { events, duration: end.duration });
    if (drift === undefined) break;
  }
  return drift && `${chapter.folder}/${cell.id}: ${drift}`;
}

const waiting = plainCellsThatWait();

it.skipIf(missing || waiting.length === 0)('gives what was recorded', { timeout: 300_000 }, async () => {
  const left = [...waiting];
  const drifted: string[] = [];
  // They wait for 80 s in all, and nearly all of it asleep: three browsers sleep at the same time.
  const work = async (): Promise<void> => {
    await using driver = await openDriver({ browser: 'firefox', preferences: withoutJspi });
    const python = new LivePython(driver);
    for (let next = left.shift(); next; next = left.shift()) {
      const drift = await driftOf(python, next);
      if (drift !== undefined) drifted.push(drift);
    }
  };
  await Promise.all([work(), work(), work()]);
  expect(drifted).toEqual([]);
});
