/** Astro integration: ruff and the worker that runs it, in `check/`, gzip as the runtime is (ADR 5), with its licence. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { bundleClassic } from '../kernel/build/bundle.ts';
import { cached, digest } from '../kernel/build/cache.ts';
import { servedFolder } from './served-folder.ts';

const compress = promisify(gzip);
const fromRuff = (name: string) => readFile(new URL(import.meta.resolve(`@astral-sh/ruff-wasm-web/${name}`)));

async function buildChecker(outDir: string): Promise<void> {
  const [worker, ruff, licence] = await Promise.all([
    bundleClassic(new URL('../island/check/worker.ts', import.meta.url)),
    fromRuff('ruff_wasm_bg.wasm'),
    fromRuff('LICENSE'),
  ]);
  await mkdir(outDir, { recursive: true });
  const write = async (stem: string, content: Uint8Array | string) => {
    const hash = digest(content);
    const packed = await cached(`${hash}.gz`, () => compress(content, { level: 9 }));
    const file = `${stem}.${hash}.gz`;
    await writeFile(path.join(outDir, file), packed);
    return { file, bytes: packed.byteLength };
  };
  // `CheckerManifest` of src/island/check/contract.ts.
  const manifest = { format: 1, worker: await write('worker', worker), ruff: await write('ruff', ruff) };
  await writeFile(path.join(outDir, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(path.join(outDir, 'LICENSE'), licence);
}

export const checker = (): AstroIntegration => servedFolder('check', 'island', buildChecker);
