/** Reads a folder, or one file, of this machine for an interpreter's file system: contents only, no links out of it. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import type { MountedFile } from '../../protocol/to-sandbox.ts';

/**
 * @param real the folder, or the file, on this machine
 * @param path where the folder, or the file, stands in the interpreter
 * @param wanted chooses among a folder's files by their paths in it, written with slashes
 */
export async function readMount(
  real: string,
  path: string,
  wanted: (inside: string) => boolean = () => true,
): Promise<MountedFile[]> {
  if ((await stat(real)).isFile()) return [{ path, content: await readFile(real) }];
  const entries = await readdir(real, { recursive: true, withFileTypes: true });
  const chosen = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(real, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((inside) => !inside.split('/').includes('__pycache__') && wanted(inside));
  return Promise.all(
    chosen.map(async (inside) => ({ path: posix.join(path, inside), content: await readFile(join(real, inside)) })),
  );
}
