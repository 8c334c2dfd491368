/** The list of the runtime's files as the build writes it and the session reads it: `runtime/manifest.json`. */
import * as v from 'valibot';
import type { RuntimeAssets } from './to-sandbox.ts';
import type { Data } from './schema.ts';

const runtimeFileSchema = v.object({
  /** Name beside the manifest; carries a hash of its content, so it may be cached for ever. */
  file: v.string(),
  /** Bytes over the wire; the file is compressed already, whatever its host says: gzip, or a deflated archive. */
  bytes: v.number(),
});

export type RuntimeFile = Data<typeof runtimeFileSchema>;

const assets = {
  pyodide: runtimeFileSchema,
  pyodideAsm: runtimeFileSchema,
  wasm: runtimeFileSchema,
  core: runtimeFileSchema,
  stdlib: runtimeFileSchema,
} satisfies Record<Exclude<keyof RuntimeAssets, 'explorer'>, typeof runtimeFileSchema>;

export const manifestSchema = v.object({
  format: v.literal(1),
  /** The sandbox's whole document, for `iframe.srcdoc`; the kernel's own script is in it. */
  frame: v.string(),
  assets: v.object(assets),
  /** The worker that searches for schedules; fetched when a reader first asks for a search. */
  explorer: runtimeFileSchema,
  /** The archives of packages by the names of their distributions; none where the builder could not get them. */
  packages: v.record(v.string(), runtimeFileSchema),
});

export type RuntimeManifest = Data<typeof manifestSchema>;
