/**
 * `npm run lock:packages`: takes the current releases of what `wanted.in` names, and of what those require, into `lock.txt`
 * with their hashes, and writes into `index.json` what each brings.
 *
 * Needs Python with pip, and PyPI. uv chooses, since it can do so for another Python than the one that runs it; it is fetched
 * into a temporary folder. No address of an index is written.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Distribution } from './distributions.ts';
import { downloadWheels, runPip, runPython } from './pip.ts';
import { readLock } from './read-lock.ts';

const uv = 'uv==0.13.9';
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** What the site needs for itself: no cell imports it, so it is not in the index. */
const notForCells = new Set(['tzdata']);

const folder = await mkdtemp(join(tmpdir(), 'lock-packages-'));
try {
  const [tool, wheels] = [join(folder, 'uv'), join(folder, 'wheels')];
  await runPip('install', ['--target', tool, uv]);
  const forReaders = [
    '--python-version',
    '3.14',
    '--python-platform',
    'x86_64-manylinux_2_28',
    '--only-binary',
    ':all:',
  ];
  const written = [
    '--quiet',
    '--generate-hashes',
    '--no-emit-index-url',
    '--custom-compile-command',
    'npm run lock:packages',
  ];
  await promisify(execFile)(
    join(tool, 'bin', 'uv'),
    ['pip', 'compile', '--upgrade', ...written, ...forReaders, 'wanted.in', '--output-file', 'lock.txt'],
    { cwd: here('.') },
  );
  await downloadWheels(here('lock.txt'), wheels);
  type Described = Omit<Distribution, 'requires'>;
  const described = JSON.parse(await runPython([here('describe.py'), wheels])) as Record<string, Described>;
  const locked = readLock(await readFile(here('lock.txt'), 'utf8'));
  const index: Record<string, Distribution> = {};
  for (const [name, about] of Object.entries(described).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (notForCells.has(name)) continue;
    const requires = [...locked].filter(([, { via }]) => via.includes(name)).map(([required]) => required);
    index[name] = { ...about, requires };
  }
  await writeFile(here('index.json'), `${JSON.stringify(index, null, 2)}\n`);
  console.log(
    Object.entries(index)
      .map(([name, { version }]) => `${name} ${version}`)
      .join('\n'),
  );
} finally {
  await rm(folder, { recursive: true });
}
