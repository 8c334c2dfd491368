/** The list of the runtime's files as the build writes it and the session reads it: `runtime/manifest.json`. */
import type { RuntimeAssets } from './message.ts';

export interface RuntimeFile {
  /** Name beside the manifest; carries a hash of its content, so it may be cached for ever. */
  readonly file: string;
  /** Bytes over the wire; the file is compressed already, whatever its host says: gzip, or a deflated archive. */
  readonly bytes: number;
}

export interface RuntimeManifest {
  readonly format: 1;
  /** The sandbox's whole document, for `iframe.srcdoc`; the kernel's own script is in it. */
  readonly frame: string;
  readonly assets: Readonly<Record<keyof RuntimeAssets, RuntimeFile>>;
}
