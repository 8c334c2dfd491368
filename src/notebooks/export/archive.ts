/**
 * Files as one zip archive, written as they come, so that a long course is never held at once.
 *
 * Invariant: its bytes depend on the files and their order alone: no times, no owners.
 */
import { deflateRawSync } from 'node:zlib';
import { strToU8, Zip, ZipPassThrough } from 'fflate';

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Zip keeps local time, and nothing before 1980. */
const noTime = (): Date => new Date(1980, 0, 1);

/** Deflated by Node's own zlib, which takes a fifth of the time. The number is what a zip file says for it. */
class Deflated extends ZipPassThrough {
  override compression = 8;

  protected override process(chunk: Uint8Array, final: boolean): void {
    this.ondata(null, deflateRawSync(chunk), final);
  }
}

export class Archive {
  readonly #zip: Zip;

  /** `write` is called with the archive's bytes, piece by piece. */
  constructor(write: (bytes: Uint8Array) => void) {
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) throw error;
      write(bytes);
    });
  }

  add({ name, text }: TextFile): void {
    const file = new Deflated(name);
    file.mtime = noTime();
    this.#zip.add(file);
    file.push(strToU8(text), true);
  }

  end(): void {
    this.#zip.end();
  }
}

export function archiveOf(files: readonly TextFile[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const archive = new Archive((bytes) => pieces.push(bytes));
  for (const file of files) archive.add(file);
  archive.end();
  return Buffer.concat(pieces);
}
