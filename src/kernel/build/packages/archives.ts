/**
 * Makes each locked distribution into the archive that readers load: Python files, compiled by the readers' own CPython.
 *
 * Invariant: archives are made from the lock, `archive.py` and Pyodide alone, so two builders make the same.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { loadPyodide, type PyodideAPI, version as pyodide } from 'pyodide';
import { type Distribution, distributions } from '../../../packages/distributions.ts';
import { cached, digest } from '../cache.ts';
import { wheels } from './wheels.ts';

export interface Archive extends Distribution {
  readonly name: string;
  /** Of the archive before it is compressed, in hexadecimal: the kernel checks it. */
  readonly sha256: string;
  /** Gzip. */
  readonly content: Uint8Array;
  /** The texts of its licence files, by their names. */
  readonly licences: Readonly<Record<string, string>>;
}

interface FileSystem {
  writeFile(path: string, data: Uint8Array): void;
  readFile(path: string): Uint8Array;
}

const script = await readFile(new URL('archive.py', import.meta.url), 'utf8');
const compress = promisify(gzip);

let started: Promise<PyodideAPI> | undefined;

/** One interpreter makes all: it is needed only when something has changed. */
function python(): Promise<PyodideAPI> {
  started ??= loadPyodide().then((api) => {
    api.runPython(script);
    return api;
  });
  return started;
}

async function make(wheel: Uint8Array): Promise<{ tar: Uint8Array; licences: string }> {
  const api = await python();
  const files = api.FS as unknown as FileSystem;
  files.writeFile('/tmp/made.whl', wheel);
  const globals = api.globals as unknown as { get(name: string): (...paths: readonly string[]) => string };
  const licences = globals.get('make')('/tmp/made.whl', '/tmp/made.tar');
  return { tar: files.readFile('/tmp/made.tar'), licences };
}

async function archiveOf(name: string, about: Distribution, wheel: Uint8Array): Promise<Archive> {
  const key = digest('package', pyodide, script, wheel);
  let made: ReturnType<typeof make> | undefined;
  const once = () => (made ??= make(wheel));
  const licences = await cached(`${key}.licences.json`, async () => Buffer.from((await once()).licences));
  const sha256 = await cached(`${key}.sha256`, async () => {
    return Buffer.from(
      createHash('sha256')
        .update((await once()).tar)
        .digest('hex'),
    );
  });
  const content = await cached(`${key}.tar.gz`, async () => compress((await once()).tar, { level: 9 }));
  return {
    ...about,
    name,
    content,
    sha256: Buffer.from(sha256).toString(),
    licences: JSON.parse(Buffer.from(licences).toString()) as Record<string, string>,
  };
}

/** Those that this builder's machine can have: all, or none (`wheels.ts`). */
export async function archives(): Promise<readonly Archive[]> {
  const brought = await wheels();
  const made: Archive[] = [];
  for (const [name, about] of Object.entries(distributions)) {
    const wheel = brought.get(name);
    if (wheel !== undefined) made.push(await archiveOf(name, about, wheel));
  }
  return made;
}
