/** What the page shows of asyncio, gevent and trio is what native CPython prints: each such cell has a current recording of it. */
import { expect, it } from 'vitest';
import { cellsById, chainOf } from '../../../src/chapters/chain.ts';
import { isCurrent, mainVersion, wantsReference } from '../../../src/chapters/references.ts';
import { readChapters } from '../../../src/chapters/read-chapters.ts';
import { readSnapshot } from '../../../src/chapters/snapshots.ts';

const root = process.cwd();

it.each(readChapters(root).chapters)('$folder has a native recording of each cell that wants one', (chapter) => {
  const byId = cellsById(chapter);
  const without = chapter.cells.filter(({ cell }) => {
    const chain = chainOf(cell, byId);
    if (!wantsReference(chain)) return false;
    const read = readSnapshot(root, chapter.folder, cell.id, `reference/${mainVersion}`);
    return read.state !== 'present' || !isCurrent(chain, read.snapshot);
  });
  // NATIVE_PYTHON=python3.14 npm run record -- --reference
  expect(without.map(({ cell }) => cell.id)).toEqual([]);
});
