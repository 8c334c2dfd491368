/**
 * References: what native CPython prints for a live cell, so that what a page shows is CPython's and not only ours.
 *
 * A cell that uses asyncio, gevent, trio or AnyIO has one of the oldest version below. One of a later version exists only
 * where that version prints something else by the cell's own rule. A reference of what the cell was before is not current,
 * and is neither shown nor held against the cell.
 */
import { compareRuns } from '../compare/compare.ts';
import type { Cell } from '../protocol/cell.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import { cellHash } from './cell-hash.ts';
import { namesUsed } from './needs/names-used.ts';

/** Python's versions that are recorded, oldest first: that of the page, and the newest. */
export const referenceVersions = ['3.14', '3.15'] as const;
export type ReferenceVersion = (typeof referenceVersions)[number];

export const [mainVersion, newestVersion] = referenceVersions;

const engines = /^(?:asyncio|gevent|trio|anyio|greenlet)\b/;

/** `chain` ends with the cell. One that only documents a run has nothing that could be compared. */
export function wantsReference(chain: readonly Cell[]): boolean {
  const options = chain.at(-1)?.options;
  if (options === undefined || options.native !== undefined || options.compare.kind === 'recorded-only') return false;
  const { paths } = namesUsed(chain.map(({ source }) => source).join('\n'));
  return [...paths].some((path) => engines.test(path));
}

/** What differs between the page's run and native CPython's, in lines for a terminal; undefined when they agree. */
export function disagreement({ options }: Cell, live: Snapshot, reference: Snapshot): string | undefined {
  return compareRuns(options, live, reference);
}

export function isCurrent(chain: readonly Cell[], reference: Snapshot): boolean {
  return reference.hash === cellHash(chain);
}
