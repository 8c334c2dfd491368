/** The files of Pagefind's index: CBOR or JSON behind a signature, compressed. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Pagefind writes it before what it compresses, and looks for it. */
const SIGNATURE = Buffer.from('pagefind_dcd');

export function readPacked(file: string): Buffer {
  const bytes = gunzipSync(readFileSync(file));
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error(`${file} is no file of Pagefind's.`);
  return bytes.subarray(SIGNATURE.length);
}

export function writePacked(file: string, bytes: Uint8Array): void {
  writeFileSync(file, gzipSync(Buffer.concat([SIGNATURE, bytes]), { level: 9 }));
}

/** Ten hexadecimal digits by which a file is named: caches may keep it. */
export function contentHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}
