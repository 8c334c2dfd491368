/**
 * Jupyter's own nbformat, from PyPI by the hashes of `nbformat.txt`, for the Python of this machine.
 * Invariant: without Python, pip or PyPI nothing of it is run, and the reason is printed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadWheels, runPython } from '../../../../src/packages/pip.ts';

const lock = fileURLToPath(new URL('nbformat.txt', import.meta.url));

async function find(): Promise<string | undefined> {
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 16);
  const folder = resolve('.cache', `nbformat-${hash}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${String(process.pid)}`;
  try {
    mkdirSync(partial, { recursive: true });
    await downloadWheels(lock, partial);
    for (const file of readdirSync(partial))
      await runPython(['-m', 'zipfile', '-e', join(partial, file), join(partial, 'lib')]);
    renameSync(join(partial, 'lib'), folder);
    return folder;
  } catch (reason) {
    console.log(`Jupyter is not asked: ${reason instanceof Error ? reason.message : String(reason)}`);
    return undefined;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Where it lies; undefined where it cannot be had. */
export const nbformat = await find();

/** Runs a program that may import nbformat, with `input` as its standard input; answers with what it prints. */
export function askJupyter(program: string, input: string): string {
  for (const python of ['python3', 'python']) {
    try {
      execFileSync(python, ['--version'], { stdio: 'ignore' });
    } catch {
      continue;
    }
    return execFileSync(python, ['-c', program], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, PYTHONPATH: nbformat, PYTHONUTF8: '1' },
    });
  }
  throw new Error('There is no Python.');
}
