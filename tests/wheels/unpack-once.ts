/**
 * Wheels of a lock file, unpacked for tests that run what is in them.
 * Invariant: `folder` is whole or absent, and without Python, pip or PyPI the reason is printed.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { downloadWheels, runPython } from '../../src/packages/pip.ts';

interface Wheels {
  /** Where they lie in the end; its name changes with what is to be in it. */
  readonly folder: string;
  /** The path of the lock file, with hashes. */
  readonly lock: string;
  /** Puts other wheels beside those of the lock file. */
  readonly add?: (into: string) => void;
  /** Begins the line that is printed when there is no way to get them: what is done without. */
  readonly without: string;
}

/** `folder`, unpacked now if it is not there; undefined if there is no way to get the wheels. */
export async function unpackOnce({ folder, lock, add, without }: Wheels): Promise<string | undefined> {
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${String(process.pid)}`;
  try {
    mkdirSync(partial, { recursive: true });
    add?.(partial);
    await downloadWheels(lock, partial);
    for (const file of readdirSync(partial))
      await runPython(['-m', 'zipfile', '-e', join(partial, file), join(partial, 'lib')]);
    renameSync(join(partial, 'lib'), folder);
    return folder;
  } catch (reason) {
    console.log(`${without}: ${reason instanceof Error ? reason.message : String(reason)}`);
    return undefined;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
