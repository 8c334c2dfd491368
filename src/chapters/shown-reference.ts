/** The reference of a cell that a page shows: one that is current, or none. */
import type { Cell } from '../protocol/cell.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import { chainIn } from './cell-files.ts';
import { isCurrent, wantsReference, type ReferenceVersion } from './references.ts';
import { snapshotOf } from './snapshots.ts';

/** `slug` is the chapter's; `root` the project's root, where Astro's commands run. */
export function referenceOf(
  slug: string,
  cell: Cell,
  version: ReferenceVersion,
  root: string = process.cwd(),
): Snapshot | undefined {
  const reference = snapshotOf(slug, cell.id, root, `reference/${version}`);
  if (reference === undefined) return undefined;
  const chain = chainIn(slug, cell, root);
  return wantsReference(chain) && isCurrent(chain, reference) ? reference : undefined;
}
