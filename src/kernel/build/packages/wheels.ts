/**
 * The wheels of PyPI's that are locked in `src/packages/lock.txt`, by the pip of the builder's machine.
 *
 * Invariant: a machine without Python or without PyPI builds a site without packages and time zones, and is told so in
 * one line. All come or none, each with a hash of the lock's.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalName } from '../../../packages/distributions.ts';
import { downloadWheels } from '../../../packages/pip.ts';
import { digest, pathOf } from '../cache.ts';

/** By the name of their distribution in PyPI's normal form. */
export type Wheels = ReadonlyMap<string, Uint8Array>;

const lock = fileURLToPath(import.meta.resolve('../../../packages/lock.txt'));

async function download(folder: string): Promise<void> {
  const partial = `${folder}.${randomUUID()}`;
  await mkdir(partial, { recursive: true });
  try {
    await downloadWheels(lock, partial);
    // Another build at the same time may have been quicker, with the same files.
    await rename(partial, folder).catch(() => undefined);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function read(folder: string): Promise<Wheels | undefined> {
  const files = await readdir(folder).catch(() => undefined);
  if (files === undefined) return undefined;
  const named = files.sort().map(async (file) => {
    const name = normalName(file.split('-')[0] ?? file);
    return [name, await readFile(join(folder, file))] as const;
  });
  return new Map(await Promise.all(named));
}

let told = false;

/** The wheels; none where there is no way to get them. */
export async function wheels(): Promise<Wheels> {
  const folder = pathOf(`wheels-${digest(await readFile(lock))}`);
  const kept = await read(folder);
  if (kept !== undefined) return kept;
  try {
    await download(folder);
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason);
    if (!told) {
      console.warn(
        `The site is built without packages and time zones, which Python’s pip fetches from PyPI (docs/packages.md): ${why}`,
      );
    }
    told = true;
  }
  return (await read(folder)) ?? new Map<string, never>();
}
