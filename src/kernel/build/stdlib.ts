/** Makes the standard library's archive: Pyodide's own, repacked with `.pyc`, plus `src/kernel/python`. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide, type PyodideAPI, version } from 'pyodide';
import { cached, digest } from './cache.ts';

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

export async function buildStdlib(): Promise<Uint8Array> {
  const script = await readFile(new URL('repack.py', import.meta.url), 'utf8');
  const own = await ownModules();
  const baseKey = digest('base', version, script);
  const key = digest('stdlib', baseKey, ...[...own].sort(([a], [b]) => (a < b ? -1 : 1)).flat());

  return cached(`stdlib-${key}.zip`, async () => {
    let python: PyodideAPI | undefined;
    const interpreter = async () => {
      python ??= await loadPyodide();
      python.runPython(script);
      return python;
    };
    const base = await cached(`base-${baseKey}.zip`, async () => {
      const py = await interpreter();
      files(py).writeFile('/tmp/old.zip', await readFile(archive));
      py.runPython('repack("/tmp/old.zip", "/tmp/new.zip")');
      return files(py).readFile('/tmp/new.zip');
    });
    const py = await interpreter();
    files(py).writeFile('/tmp/full.zip', base);
    const globals = py.globals as unknown as { get(name: 'add'): (path: string, sources: string) => void };
    const add = globals.get('add');
    add('/tmp/full.zip', JSON.stringify(Object.fromEntries(own)));
    return files(py).readFile('/tmp/full.zip');
  });
}
