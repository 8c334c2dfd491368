/** Writes the runtime that the page fetches: every file gzip already and named by its content, and a manifest. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RuntimeFile, RuntimeManifest } from '../../protocol/manifest.ts';
import { bundleClassic } from './bundle.ts';
import { cached, digest } from './cache.ts';
import { frameDocument } from './frame-document.ts';
import { buildStdlib } from './stdlib.ts';

export interface BuiltRuntime {
  readonly files: RuntimeManifest['assets'];
  /** `sha256-…`: the page's policy must allow it, see `frame-document.ts`. */
  readonly frameScriptHash: string;
}

const compress = promisify(gzip);

/** Fills `outDir`; what an earlier build left there goes. A build from unchanged inputs takes milliseconds. */
export async function buildRuntime(outDir: string): Promise<BuiltRuntime> {
  const fromPyodide = (name: string) => readFile(new URL(import.meta.resolve(`pyodide/${name}`)));
  const [frame, kernel, pyodide, pyodideAsm, wasm, stdlib] = await Promise.all([
    frameDocument(),
    bundleClassic(new URL('../worker.ts', import.meta.url)),
    fromPyodide('pyodide.mjs'),
    fromPyodide('pyodide.asm.mjs'),
    fromPyodide('pyodide.asm.wasm'),
    buildStdlib(),
  ]);
  await mkdir(outDir, { recursive: true });

  const write = async (stem: string, content: Uint8Array | string): Promise<RuntimeFile> => {
    const hash = digest(content);
    const packed = await cached(`${hash}.gz`, () => compress(content, { level: 9 }));
    const file = `${stem}.${hash}.gz`;
    await writeFile(join(outDir, file), packed);
    return { file, bytes: packed.byteLength };
  };
  const files = {
    kernel: await write('kernel', kernel),
    pyodide: await write('pyodide', pyodide),
    pyodideAsm: await write('pyodide.asm', pyodideAsm),
    wasm: await write('wasm', wasm),
    stdlib: await write('stdlib', stdlib),
  };
  const manifest: RuntimeManifest = { format: 1, frame: frame.html, assets: files };
  await writeFile(join(outDir, 'manifest.json'), JSON.stringify(manifest));

  const current = new Set(['manifest.json', ...Object.values(files).map((entry) => entry.file)]);
  const stale = (await readdir(outDir)).filter((name) => !current.has(name));
  await Promise.all(stale.map((name) => rm(join(outDir, name), { recursive: true })));
  return { files, frameScriptHash: frame.hash };
}
