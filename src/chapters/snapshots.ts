/**
 * Snapshots on disk, read only when they are what the protocol says: `content/NN-slug/snapshots/ID.json`, and beside them
 * references, what native CPython prints for a live cell: `content/NN-slug/reference/VERSION/ID.json`.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { snapshotSchema, type Snapshot } from '../protocol/snapshot.ts';
import type { Timeline } from '../protocol/timeline.ts';
import { parseRecord } from './parse-record.ts';
import { folderParts } from './read-chapters.ts';

/** A folder of a chapter in which snapshots lie; VERSION is Python's, such as 3.14. */
export type SnapshotPlace = 'snapshots' | `reference/${string}`;

/** Relative to the project's root, with forward slashes. */
export function snapshotFile(folder: string, id: string, place: SnapshotPlace = 'snapshots'): string {
  return `content/${folder}/${place}/${id}.json`;
}

export type SnapshotRead =
  | { readonly state: 'present'; readonly snapshot: Snapshot }
  | { readonly state: 'missing' }
  | { readonly state: 'broken'; readonly why: string };

export function readSnapshot(
  root: string,
  folder: string,
  id: string,
  place: SnapshotPlace = 'snapshots',
): SnapshotRead {
  let text: string;
  try {
    text = readFileSync(join(root, snapshotFile(folder, id, place)), 'utf8');
  } catch {
    return { state: 'missing' };
  }
  const read = parseRecord(snapshotSchema, text);
  return read.state === 'present' ? { state: 'present', snapshot: read.data } : read;
}

/** Ids of all snapshots of a chapter, whether or not a cell has them. */
export function snapshotIds(root: string, folder: string, place: SnapshotPlace = 'snapshots'): readonly string[] {
  try {
    const names = readdirSync(join(root, 'content', folder, place));
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  } catch {
    return [];
  }
}

/** One item a line, below a key that stands `indent` deep. */
const listText = (items: readonly unknown[], indent: string): string =>
  items.length === 0 ? '[]' : `[\n${items.map((item) => `${indent}  ${JSON.stringify(item)}`).join(',\n')}\n${indent}]`;

function timelineText({ lost, lanes, events, imported }: Timeline): string {
  const rest = imported === undefined ? '' : `,\n    "imported": ${imported}`;
  return `{\n    "lost": ${lost},\n    "lanes": ${listText(lanes, '    ')},\n    "events": ${listText(events, '    ')}${rest}\n  }`;
}

/** Canonical JSON: keys as the protocol orders them, two spaces, one event a line, a newline at the end. */
export function snapshotText(snapshot: Snapshot): string {
  const { events, timeline, ...head } = snapshot;
  const lines = JSON.stringify(head, null, 2).split('\n').slice(0, -1).join('\n');
  const rest = timeline === undefined ? '' : `,\n  "timeline": ${timelineText(timeline)}`;
  return `${lines},\n  "events": ${listText(events, '  ')}${rest}\n}\n`;
}

export function writeSnapshot(
  root: string,
  folder: string,
  snapshot: Snapshot,
  place: SnapshotPlace = 'snapshots',
): void {
  const file = join(root, snapshotFile(folder, snapshot.cell, place));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, snapshotText(snapshot));
}

/** Does nothing when there is none. */
export function removeSnapshot(root: string, folder: string, id: string, place: SnapshotPlace = 'snapshots'): void {
  rmSync(join(root, snapshotFile(folder, id, place)), { force: true });
}

const folders = new Map<string, string>();

function folderOf(slug: string, root: string): string | undefined {
  const key = `${root}\n${slug}`;
  const folder =
    folders.get(key) ?? readdirSync(join(root, 'content')).find((name) => folderParts(name)?.slug === slug);
  if (folder !== undefined) folders.set(key, folder);
  return folder;
}

/**
 * The snapshot of a cell by its chapter's slug, for pages; undefined when there is none to show (the check has told why).
 * `root` is the project's root: Astro's commands run there.
 */
export function snapshotOf(
  slug: string,
  id: string,
  root: string = process.cwd(),
  place: SnapshotPlace = 'snapshots',
): Snapshot | undefined {
  const folder = folderOf(slug, root);
  if (folder === undefined) return undefined;
  const read = readSnapshot(root, folder, id, place);
  return read.state === 'present' ? read.snapshot : undefined;
}
