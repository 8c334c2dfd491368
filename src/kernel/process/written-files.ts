/**
 * Which files below a folder differ between two moments. It compares what is in them: a program may set their times as it
 * likes, and its clock may stand still.
 *
 * Invariant: what Python itself leaves there, `__pycache__`, is not told.
 */
import { fnv1a } from '../../protocol/fnv.ts';
import {
  largestWritten,
  mostWritten,
  mostWrittenBytes,
  type Written,
  type WrittenFile,
} from '../../protocol/written.ts';
import type { FileSystem } from '../machine/cpython/file-system.ts';

/** Of more files than these only the first are looked at. */
const mostSeen = 5_000;

const print = (bytes: Uint8Array): string => `${bytes.length} ${fnv1a(bytes)}`;

export class WrittenFiles {
  readonly #fs: FileSystem;
  readonly #folder: string;
  /** Size and hash, by the path below the folder. */
  readonly #before: ReadonlyMap<string, string>;

  /** Looks at the files as they are now. */
  constructor(fs: FileSystem, folder: string) {
    this.#fs = fs;
    this.#folder = folder;
    this.#before = new Map(this.#below('').map((path) => [path, print(this.#read(path))]));
  }

  /** Those that have been made or changed since, in the order of their names. */
  now(): Written {
    const files: WrittenFile[] = [];
    let room = mostWrittenBytes;
    let left = 0;
    for (const path of this.#below('')) {
      const bytes = this.#read(path);
      if (this.#before.get(path) === print(bytes)) continue;
      const size = bytes.length;
      if (files.length === mostWritten) left += 1;
      else if (size > Math.min(largestWritten, room)) files.push({ path, size });
      else {
        room -= size;
        files.push({ path, size, content: new Uint8Array(bytes) });
      }
    }
    return { files, left };
  }

  #read(path: string): Uint8Array {
    return this.#fs.readFile(`${this.#folder}/${path}`);
  }

  /** Every file in `folder`, a path below the whole with a slash at its end. */
  #below(folder: string, found: string[] = []): string[] {
    let names: string[];
    try {
      names = this.#fs.readdir(`${this.#folder}/${folder}`);
    } catch {
      return found; // The program has removed it, or made something else of it.
    }
    for (const name of names.sort()) {
      if (name === '.' || name === '..' || name === '__pycache__') continue;
      const path = `${folder}${name}`;
      const { node } = this.#fs.lookupPath(`${this.#folder}/${path}`, { follow: false });
      if (!node || node.fifo !== undefined || node.socket !== undefined) continue;
      if (this.#fs.isDir(node.mode)) this.#below(`${path}/`, found);
      else if (this.#fs.isFile(node.mode) && found.length < mostSeen) found.push(path);
    }
    return found;
  }
}
