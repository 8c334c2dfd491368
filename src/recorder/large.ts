/** Output that is too much for a page: each reader loads it with the chapter, whether they look at it or not. */
import type { Snapshot } from '../protocol/snapshot.ts';
import { snapshotText } from '../chapters/snapshots.ts';

/** More than any cell of a chapter needs; a screen has fifty lines. */
const mostBytes = 20_000;
const mostLines = 300;

/** A warning for a terminal; undefined for a snapshot of the usual size. */
export function largeOutput(snapshot: Snapshot): string | undefined {
  const bytes = Buffer.byteLength(snapshotText(snapshot));
  const lines = snapshot.events.reduce(
    (sum, event) => sum + ('text' in event ? (event.text.match(/\n/g)?.length ?? 0) : 0),
    0,
  );
  if (bytes <= mostBytes && lines <= mostLines) return undefined;
  const size = `${Math.round(bytes / 1000).toLocaleString('en')} KB, ${lines.toLocaleString('en')} lines`;
  return `large output (${size}): every reader loads it with the page. Print a part of it, or a summary.`;
}
