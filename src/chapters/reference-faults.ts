/** No current reference of the page's own version says something else than the page, and no reference is without a cell. */
import type { Chapter } from './chapter.ts';
import { cellsById, chainOf } from './chain.ts';
import { snapshotFault, type ContentFault } from './content-fault.ts';
import { disagreement, isCurrent, mainVersion, referenceVersions, wantsReference } from './references.ts';
import { readSnapshot, snapshotFile, snapshotIds } from './snapshots.ts';

export function referenceFaults(root: string, chapter: Chapter): ContentFault[] {
  const faults: ContentFault[] = [];
  const byId = cellsById(chapter);
  const wanted = new Set<string>();
  for (const { cell, line } of chapter.cells) {
    const chain = chainOf(cell, byId);
    if (!wantsReference(chain)) continue;
    wanted.add(cell.id);
    const live = readSnapshot(root, chapter.folder, cell.id);
    const reference = readSnapshot(root, chapter.folder, cell.id, `reference/${mainVersion}`);
    if (reference.state === 'broken') {
      const file = snapshotFile(chapter.folder, cell.id, `reference/${mainVersion}`);
      const what = `the native recording of “${cell.id}” cannot be read: ${reference.why}`;
      faults.push(snapshotFault({ file, line: 1 }, what, 'Delete the file, or record it again with --reference.'));
    }
    if (live.state !== 'present' || reference.state !== 'present') continue;
    if (!isCurrent(chain, live.snapshot) || !isCurrent(chain, reference.snapshot)) continue;
    const differs = disagreement(cell, live.snapshot, reference.snapshot);
    if (differs === undefined) continue;
    const what = `“${cell.id}” prints something else natively, with CPython ${mainVersion}:\n${differs.replace(/^/gm, '    ')}`;
    const mend = 'Mend the cell, or choose the compare= that tells what every run has in common.';
    faults.push(snapshotFault({ file: chapter.file, line }, what, mend));
  }
  if (!chapter.parsed) return faults;
  for (const version of referenceVersions) {
    for (const id of snapshotIds(root, chapter.folder, `reference/${version}`)) {
      if (wanted.has(id)) continue;
      const file = snapshotFile(chapter.folder, id, `reference/${version}`);
      const what = `a native recording that belongs to no live cell of asyncio, gevent or trio: “${id}”`;
      const mend = `Delete the file, or record the chapter: npm run record -- --reference ${chapter.folder}`;
      faults.push(snapshotFault({ file, line: 1 }, what, mend));
    }
  }
  return faults;
}
