/** Snapshots on disk: `content/NN-slug/snapshots/ID.json`, read only when they are what the protocol says. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotSchema, type Snapshot } from '../protocol/snapshot.ts';
import { parseRecord } from './parse-record.ts';
import { folderParts } from './read-chapters.ts';

/** Relative to the project's root, with forward slashes. */
export function snapshotFile(folder: string, id: string): string {
  return `content/${folder}/snapshots/${id}.json`;
}

export type SnapshotRead =
  | { readonly state: 'present'; readonly snapshot: Snapshot }
  | { readonly state: 'missing' }
  | { readonly state: 'broken'; readonly why: string };

export function readSnapshot(root: string, folder: string, id: string): SnapshotRead {
  let text: string;
  try {
    text = readFileSync(join(root, snapshotFile(folder, id)), 'utf8');
  } catch {
    return { state: 'missing' };
  }
  const read = parseRecord(snapshotSchema, text);
  return read.state === 'present' ? { state: 'present', snapshot: read.data } : read;
}

/** Ids of all snapshots of a chapter, whether or not a cell has them. */
export function snapshotIds(root: string, folder: string): readonly string[] {
  try {
    const names = readdirSync(join(root, 'content', folder, 'snapshots'));
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  } catch {
    return [];
  }
}

/** Canonical JSON: keys as the protocol orders them, two spaces, one event a line, a newline at the end. */
export function snapshotText(snapshot: Snapshot): string {
  const { events, ...head } = snapshot;
  const lines = JSON.stringify(head, null, 2).split('\n').slice(0, -1).join('\n');
  const list =
    events.length === 0 ? '[]' : `[\n${events.map((event) => `    ${JSON.stringify(event)}`).join(',\n')}\n  ]`;
  return `${lines},\n  "events": ${list}\n}\n`;
}

export function writeSnapshot(root: string, folder: string, snapshot: Snapshot): void {
  mkdirSync(join(root, 'content', folder, 'snapshots'), { recursive: true });
  writeFileSync(join(root, snapshotFile(folder, snapshot.cell)), snapshotText(snapshot));
}

export function removeSnapshot(root: string, folder: string, id: string): void {
  rmSync(join(root, snapshotFile(folder, id)));
}

const folders = new Map<string, string>();

/**
 * The snapshot of a cell by its chapter's slug, for pages; undefined when there is none to show (the check has told why).
 * `root` is the project's root: Astro's commands run there.
 */
export function snapshotOf(slug: string, id: string, root: string = process.cwd()): Snapshot | undefined {
  const key = `${root}\n${slug}`;
  let folder = folders.get(key);
  if (folder === undefined) {
    folder = readdirSync(join(root, 'content')).find((name) => folderParts(name)?.slug === slug);
    if (folder === undefined) return undefined;
    folders.set(key, folder);
  }
  const read = readSnapshot(root, folder, id);
  return read.state === 'present' ? read.snapshot : undefined;
}
