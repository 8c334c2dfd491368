/**
 * Fetches the runtime: the manifest, then every file at once, inflated as it comes, with progress in bytes.
 *
 * Invariant: it gives each asset once, or throws a `FaultError` that names the file that failed.
 */
import * as v from 'valibot';
import { manifestSchema, type RuntimeFile, type RuntimeManifest } from '../protocol/manifest.ts';
import type { RuntimeAsset } from '../protocol/to-sandbox.ts';
import { downloadFailed, FaultError } from './faults.ts';
import { inflated } from './inflate.ts';

type Progress = (loaded: number, total: number) => void;

const names = ['pyodide', 'pyodideAsm', 'wasm', 'core', 'stdlib'] as const;

async function request(address: URL, file: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, { credentials: 'omit', ...init }).catch((reason: unknown) => {
    throw new FaultError(downloadFailed(file, reason instanceof Error ? reason.message : String(reason)));
  });
  if (!response.ok) throw new FaultError(downloadFailed(file, `the host answered ${response.status}`));
  return response;
}

/** `base` is the runtime's folder, with a slash at its end. */
export async function fetchManifest(base: URL, signal: AbortSignal): Promise<RuntimeManifest> {
  const file = 'manifest.json';
  // The one name that does not change with its content: always asked for anew.
  const response = await request(new URL(file, base), file, { cache: 'no-cache', signal });
  const read = v.safeParse(manifestSchema, await response.json().catch(() => undefined));
  if (!read.success) throw new FaultError(downloadFailed(file, 'it is not a manifest of this version'));
  return read.output;
}

/** One file, inflated; `arrived` is told the bytes of each piece as it comes over the wire. */
export async function fetchFile(
  base: URL,
  entry: RuntimeFile,
  init: RequestInit,
  arrived: (bytes: number) => void,
): Promise<ArrayBuffer> {
  const response = await request(new URL(entry.file, base), entry.file, init);
  const { body } = response;
  if (!body) throw new FaultError(downloadFailed(entry.file, 'the answer is empty'));
  const content = await inflated(body, arrived)
    .then((stream) => new Response(stream).arrayBuffer())
    .catch((reason: unknown) => {
      throw new FaultError(downloadFailed(entry.file, `it broke off or is damaged (${String(reason)})`));
    });
  // Inflating finds what is damaged; the archive is not inflated here.
  if (entry.file.endsWith('.zip') && content.byteLength !== entry.bytes)
    throw new FaultError(downloadFailed(entry.file, `${content.byteLength} bytes came and not ${entry.bytes}`));
  return content;
}

/** Calls `onAsset` with each file as it arrives; ends when all are there. */
export async function fetchAssets(
  base: URL,
  manifest: RuntimeManifest,
  signal: AbortSignal,
  onProgress: Progress,
  onAsset: (asset: RuntimeAsset) => void,
): Promise<void> {
  const total = names.reduce((sum, name) => sum + manifest.assets[name].bytes, 0);
  let loaded = 0;
  onProgress(loaded, total);
  const bytes = async (name: (typeof names)[number]) => {
    const entry = manifest.assets[name];
    let ofThis = 0;
    return fetchFile(base, entry, { signal }, (count) => {
      const before = ofThis;
      ofThis = Math.min(entry.bytes, ofThis + count);
      loaded += ofThis - before;
      if (ofThis !== before) onProgress(loaded, total);
    });
  };
  const binary = async (name: 'wasm' | 'core' | 'stdlib') => {
    onAsset({ name, content: await bytes(name) });
  };
  const text = async (name: 'pyodide' | 'pyodideAsm') => {
    onAsset({ name, content: new TextDecoder().decode(await bytes(name)) });
  };
  await Promise.all([text('pyodide'), text('pyodideAsm'), binary('wasm'), binary('core'), binary('stdlib')]);
}
