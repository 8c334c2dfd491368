/**
 * Which files below a folder differ between two moments. It compares what is in them: a program may set their times as it
 * likes, and its clock may stand still.
 *
 * Invariant: what Python itself leaves there, `__pycache__`, is not told.
 */
import { largestWritten, mostWritten, mostWrittenBytes, type Written } from '../../protocol/written.ts';
import type { FileSystem } from '../machine/cpython/file-system.ts';

/** Of more files than these only the first are looked at. */
const mostSeen = 5_000;

/** FNV-1a of 32 bits. */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

export class WrittenFiles {
  readonly #fs: FileSystem;
  readonly #folder: string;
  /** Size and hash, by the path below the folder. */
  readonly #before: ReadonlyMap<string, string>;

  /** Looks at the files as they are now. */
  constructor(fs: FileSystem, folder: string) {
    this.#fs = fs;
    this.#folder = folder;
    this.#before = new Map(this.#below('').map((path) => [path, this.#print(path)]));
  }

  /** Those that have been made or changed since, in the order of their names. */
  now(): Written {
    const changed = this.#below('').filter((path) => this.#before.get(path) !== this.#print(path));
    let room = mostWrittenBytes;
    const files = changed.slice(0, mostWritten).map((path) => {
      const content = new Uint8Array(this.#read(path));
      const size = content.length;
      if (size > Math.min(largestWritten, room)) return { path, size };
      room -= size;
      return { path, size, content };
    });
    return { files, left: changed.length - files.length };
  }

  #read(path: string): Uint8Array {
    return this.#fs.readFile(`${this.#folder}/${path}`);
  }

  #print(path: string): string {
    const bytes = this.#read(path);
    return `${bytes.length} ${hash(bytes)}`;
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
