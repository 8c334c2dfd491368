/**
 * Many files as one body: the length of a JSON index in four bytes, the index, and the contents one after the other.
 *
 * Invariant: `unpackFiles(packFiles(files))` gives the same paths and bytes in the same order.
 */
import type { MountedFile } from '../../protocol/to-sandbox.ts';

type Index = readonly (readonly [path: string, size: number])[];

export function packFiles(files: readonly MountedFile[]): Uint8Array {
  const index: Index = files.map(({ path, content }) => [path, content.length]);
  const head = new TextEncoder().encode(JSON.stringify(index));
  const all = new Uint8Array(4 + head.length + files.reduce((sum, { content }) => sum + content.length, 0));
  new DataView(all.buffer).setUint32(0, head.length);
  all.set(head, 4);
  let at = 4 + head.length;
  for (const { content } of files) {
    all.set(content, at);
    at += content.length;
  }
  return all;
}

export function unpackFiles(all: Uint8Array<ArrayBuffer>): MountedFile[] {
  const length = new DataView(all.buffer, all.byteOffset).getUint32(0);
  const index = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length))) as Index;
  let at = 4 + length;
  return index.map(([path, size]) => {
    at += size;
    return { path, content: all.subarray(at - size, at) };
  });
}
