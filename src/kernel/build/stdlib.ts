/**
 * Makes the standard library's two archives: Pyodide's own, repacked with `.pyc`, plus `src/kernel/python`, the time zones
 * and the index of packages; and what a start of Python imports of it, apart.
 */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide, type PyodideAPI, version } from 'pyodide';
import { distributions } from '../../packages/distributions.ts';
import { cached, digest, pathOf } from './cache.ts';
import { archives } from './packages/archives.ts';
import { wheels } from './packages/wheels.ts';

const archive = new URL(import.meta.resolve('pyodide/python_stdlib.zip'));
const pythonRoot = fileURLToPath(new URL('../python/', import.meta.url));

/** The part of Emscripten's file system used here; Pyodide's declarations name a package that it does not bring. */
interface FileSystem {
  writeFile(path: string, data: Uint8Array): void;
  readFile(path: string): Uint8Array;
}

/** The members of `src/kernel/python`: name in the archive to content. */
async function ownModules(): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  for await (const name of glob('**/*.py', { cwd: pythonRoot })) {
    modules.set(name.replaceAll('\\', '/'), await readFile(join(pythonRoot, name), 'utf8'));
  }
  return modules;
}

const files = (python: PyodideAPI) => python.FS as unknown as FileSystem;

export interface Stdlib {
  /** Compiled modules, stored: to be compressed on its way. */
  readonly core: Uint8Array;
  /** All the rest, with every source, deflated already. */
  readonly rest: Uint8Array;
}

/** The sources of `started.py` and `repack.py`. */
interface Scripts {
  readonly started: string;
  readonly repack: string;
}

/** A function of the scripts; all its values are text. */
function call(python: PyodideAPI, name: string, ...values: readonly string[]): string {
  const globals = python.globals as unknown as { get(name: string): (...values: readonly string[]) => string };
  return globals.get(name)(...values);
}

/**
 * What the kernel knows of the packages that cells may import, as JSON: it reads it as `Distribution` of
 * `_os_kernel/packages/index.py`. One that this build could not get has no archive.
 */
async function packageIndex(): Promise<string> {
  const made = new Map((await archives()).map((archive) => [archive.name, archive]));
  const entries = Object.entries(distributions).map(([name, { version, modules, requires }]) => {
    const { sha256 = null, content } = made.get(name) ?? {};
    return [name, { version, modules, requires, sha256, bytes: content?.byteLength ?? 0 }] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
}

/** Puts together Pyodide's modules, ours, the time zones and the index of packages. */
async function wholeArchive(
  key: string,
  scripts: Scripts,
  own: ReadonlyMap<string, string>,
  zones: Uint8Array | undefined,
  packages: string,
): Promise<Uint8Array> {
  const python = await loadPyodide();
  python.runPython(scripts.started);
  const ahead = call(python, 'ahead');
  python.runPython(scripts.repack);
  const base = await cached(`base-${key}.zip`, async () => {
    files(python).writeFile('/tmp/old.zip', await readFile(archive));
    call(python, 'repack', '/tmp/old.zip', '/tmp/new.zip', ahead);
    return files(python).readFile('/tmp/new.zip');
  });
  files(python).writeFile('/tmp/full.zip', base);
  call(python, 'add', '/tmp/full.zip', JSON.stringify(Object.fromEntries(own)));
  if (zones !== undefined) {
    files(python).writeFile('/tmp/zones.whl', zones);
    call(python, 'add_zones', '/tmp/full.zip', '/tmp/zones.whl');
  }
  call(python, 'add_packages', '/tmp/full.zip', packages);
  return files(python).readFile('/tmp/full.zip');
}

/** Takes apart what a start imports, as one from the whole archive shows it. */
async function split(whole: string, scripts: Scripts): Promise<Stdlib> {
  const python = await loadPyodide({ stdLibURL: whole });
  python.runPython(scripts.started);
  const members = call(python, 'started');
  python.runPython(scripts.repack);
  files(python).writeFile('/tmp/whole.zip', await readFile(whole));
  call(python, 'split', '/tmp/whole.zip', members, '/tmp/core.zip', '/tmp/rest.zip');
  return { core: files(python).readFile('/tmp/core.zip'), rest: files(python).readFile('/tmp/rest.zip') };
}

/** What the archives are made of, with a key of all of it and one of what is not ours. */
async function inputs() {
  const [started = '', repack = ''] = await Promise.all(
    ['started.py', 'repack.py'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')),
  );
  const scripts: Scripts = { started, repack };
  const zones = (await wheels()).get('tzdata');
  const packages = await packageIndex();
  const own = new Map([...(await ownModules())].sort(([a], [b]) => (a < b ? -1 : 1)));
  const baseKey = digest('base', version, started, repack);
  const key = digest('stdlib', baseKey, zones ?? '', packages, ...[...own].flat());
  return { key, baseKey, scripts, own, zones, packages };
}

/** Where the one archive is kept that has everything: for an interpreter that has it on its disk. */
export async function wholeStdlib(): Promise<string> {
  const { key, baseKey, scripts, own, zones, packages } = await inputs();
  const whole = `whole-${key}.zip`;
  await cached(whole, () => wholeArchive(baseKey, scripts, own, zones, packages));
  return pathOf(whole);
}

export async function buildStdlib(): Promise<Stdlib> {
  const { key, scripts } = await inputs();
  let parts: Promise<Stdlib> | undefined;
  const part = (name: keyof Stdlib): Promise<Uint8Array> =>
    cached(`${name}-${key}.zip`, async () => {
      parts ??= wholeStdlib().then((whole) => split(whole, scripts));
      return (await parts)[name];
    });
  return { core: await part('core'), rest: await part('rest') };
}
