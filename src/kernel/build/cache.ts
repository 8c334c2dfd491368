/** Keeps what the build made under `.cache/runtime/`, by a key of all its inputs: a second build is instant. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = '.cache/runtime';

export function digest(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** Where what was made for `key` is kept. */
export function pathOf(key: string): string {
  return join(root, key);
}

/** What `produce` made for `key` before, else what it makes now. Safe when two builds run at once. */
export async function cached(key: string, produce: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const path = pathOf(key);
  const kept = await readFile(path).catch(() => undefined);
  if (kept) return kept;
  const made = await produce();
  await mkdir(root, { recursive: true });
  const partial = `${path}.${randomUUID()}`;
  await writeFile(partial, made);
  await rename(partial, path);
  return made;
}
