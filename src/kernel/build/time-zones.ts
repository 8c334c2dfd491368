/**
 * The time zones of IANA as a wheel of PyPI's, by the pip of the builder's machine, pinned in `time-zones.txt`.
 *
 * Invariant: a machine without Python or without PyPI builds a site without time zones, and is told so in one line.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cached, digest } from './cache.ts';

const requirements = fileURLToPath(new URL('time-zones.txt', import.meta.url));
const pythons = process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];

async function download(python: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'time-zones-'));
  try {
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--retries',
      '1',
      '--timeout',
      '20',
    ];
    const what = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--requirement', requirements];
    await promisify(execFile)(python, [...pip, ...what, '--dest', folder]);
    const [wheel] = await readdir(folder);
    if (wheel === undefined) throw new Error('pip has brought nothing.');
    return await readFile(join(folder, wheel));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function downloadByAny(): Promise<Uint8Array> {
  const reasons: string[] = [];
  for (const python of pythons) {
    try {
      return await download(python);
    } catch (reason) {
      const said = reason instanceof Error ? reason.message : String(reason);
      reasons.push(said.trim().split('\n').at(-1) ?? said);
    }
  }
  throw new Error(reasons.join('; '));
}

/** The wheel, or undefined where there is no way to get it. */
export async function timeZones(): Promise<Uint8Array | undefined> {
  const key = `zones-${digest(await readFile(requirements))}.whl`;
  try {
    return await cached(key, downloadByAny);
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason);
    console.warn(`The site is built without time zones, which come from PyPI by Python’s pip: ${why}`);
    return undefined;
  }
}
