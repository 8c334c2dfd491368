/** Writes the runtime that the page fetches: every file compressed already and named by its content, and a manifest. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RuntimeFile, RuntimeManifest } from '../../protocol/manifest.ts';
import { bundleClassic } from './bundle.ts';
import { explorerSources } from '../virtual/explorer-sources.ts';
import { cached, digest } from './cache.ts';
import { frameDocument } from './frame-document.ts';
import { archives } from './packages/archives.ts';
import { licenceNotes } from './packages/licences.ts';
import { pythonModule } from './python-module.ts';
import { buildStdlib } from './stdlib.ts';

export interface BuiltRuntime {
  readonly files: RuntimeManifest['assets'];
  /** `sha256-…`: the page's policy must allow it, see `frame-document.ts`. */
  readonly frameScriptHash: string;
}

const compress = promisify(gzip);

/**
 * Puts the module's one function into parentheses: V8 compiles such a function as it reads it, and would otherwise go
 * over its 1.2 MB twice, once to find its end. Made for Pyodide 314.0.7; throws if that file looks different.
 */
function compiledAtOnce(factory: string): string {
  const head = 'async function _createPyodideModule(';
  const tail = 'export default _createPyodideModule;';
  const end = factory.lastIndexOf(tail);
  if (!factory.startsWith(head) || end < 0) throw new Error('pyodide.asm.mjs is not of the form that is expected.');
  return `export default (${factory.slice(0, end)});\n`;
}

/** The worker that searches for schedules, with its Python. */
async function explorerScript(): Promise<string> {
  const EXPLORER = JSON.stringify(await explorerSources());
  return bundleClassic(new URL('../virtual/worker.ts', import.meta.url), { EXPLORER });
}

/** For whoever hosts the site: docs/hosting.md names it. */
const licencesFile = 'LICENCES.txt';
/** How the names of files begin that are being written. */
const unfinished = '.partial-';

/** Fills `outDir`; what an earlier build left there goes. A build from unchanged inputs takes a fraction of a second. */
export async function buildRuntime(outDir: string): Promise<BuiltRuntime> {
  const fromPyodide = (name: string) => readFile(new URL(import.meta.resolve(`pyodide/${name}`)));
  const [frame, pyodide, pyodideAsm, wasm, stdlib, brought] = await Promise.all([
    frameDocument(),
    fromPyodide('pyodide.mjs'),
    fromPyodide('pyodide.asm.mjs'),
    fromPyodide('pyodide.asm.wasm'),
    buildStdlib(),
    archives(),
  ]);
  await mkdir(outDir, { recursive: true });

  const keep = async (file: string, content: Uint8Array): Promise<RuntimeFile> => {
    const path = join(outDir, file);
    // Its name has the hash of what it is made from: one that is there stays, as somebody may be reading it, and a
    // build at the same time leaves the other's unfinished ones alone.
    const there = await stat(path).catch(() => undefined);
    if (there?.size !== content.byteLength) {
      const partial = join(outDir, `${unfinished}${randomUUID()}`);
      await writeFile(partial, content);
      await rename(partial, path);
    }
    return { file, bytes: content.byteLength };
  };
  const write = async (stem: string, content: Uint8Array | string): Promise<RuntimeFile> => {
    const hash = digest(content);
    return keep(`${stem}.${hash}.gz`, await cached(`${hash}.gz`, () => compress(content, { level: 9 })));
  };
  const files = {
    pyodide: await write('pyodide', pyodide),
    pyodideAsm: await write('pyodide.asm', compiledAtOnce(pyodideAsm.toString())),
    wasm: await write('wasm', await pythonModule(wasm, pyodideAsm.toString())),
    core: await write('core', stdlib.core),
    // Deflated, each member by itself.
    stdlib: await keep(`stdlib.${digest(stdlib.rest)}.zip`, stdlib.rest),
  };
  const explorer = await write('explorer', await explorerScript());
  const packages: Record<string, RuntimeFile> = {};
  for (const { name, version, content } of brought) {
    packages[name] = await keep(`${name}-${version}.${digest(content)}.tar.gz`, content);
  }
  const manifest: RuntimeManifest = { format: 1, frame: frame.html, assets: files, explorer, packages };
  await writeFile(join(outDir, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(outDir, licencesFile), licenceNotes(brought));

  const kept = [...Object.values(files), explorer, ...Object.values(packages)].map((entry) => entry.file);
  const current = new Set(['manifest.json', licencesFile, ...kept]);
  const stale = (await readdir(outDir)).filter((name) => !current.has(name) && !name.startsWith(unfinished));
  await Promise.all(stale.map((name) => rm(join(outDir, name), { recursive: true })));
  return { files, frameScriptHash: frame.hash };
}
