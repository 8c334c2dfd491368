/**
 * Jupyter's own nbformat, from PyPI by the hashes of `nbformat.txt`, for the Python of this machine.
 * Invariant: without Python, pip or PyPI nothing of it is run, and the reason is printed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackOnce } from '../../../wheels/unpack-once.ts';

const lock = fileURLToPath(new URL('nbformat.txt', import.meta.url));

const hash = createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 16);

/** Where it lies; undefined where it cannot be had. */
export const nbformat = await unpackOnce({
  folder: resolve('.cache', `nbformat-${hash}`),
  lock,
  without: 'Jupyter is not asked',
});

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
