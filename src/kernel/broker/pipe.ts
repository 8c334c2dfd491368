/**
 * A pipe whose ends are held by processes.
 *
 * Invariant: bytes are given to readers in the order in which they were written, each to one reader; of a write none is given
 * before the write is here whole. A reader who holds the end alone may ask for more than its program reads, and gives the
 * rest back (`stop`, `unread`) before it shares the end. What stands beside some bytes comes with the first of them, and no
 * reader gets bytes from before or after those together with it.
 */

/** What stands beside bytes of a connection: open files under way. */
export interface Beside {
  /** Nobody will take it. */
  drop(): void;
}

export interface Reader {
  /** `more`: something is left. */
  data(request: number, content: Uint8Array<ArrayBuffer>, more: boolean, beside: Beside | undefined): void;
  stopped(): void;
  state(readable: boolean, ended: boolean, shared: boolean): void;
}

export interface Writer {
  taken(bytes: number): void;
  broken(): void;
}

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Who gets the room back; undefined for what has come back from a reader. */
  readonly writer: Writer | undefined;
  readonly beside?: Beside | undefined;
}

interface Asked {
  readonly reader: Reader;
  readonly request: number;
  readonly size: number;
}

export class Pipe {
  #chunks: Chunk[] = [];
  readonly #readers = new Set<Reader>();
  readonly #writers = new Set<Writer>();
  #asked: Asked[] = [];
  /** Readers who have been asked to give back what their programs have not read. */
  readonly #returning = new Set<Reader>();
  #told = '';

  constructor(content: Uint8Array<ArrayBuffer>) {
    this.#append({ bytes: content, writer: undefined });
  }

  /** Whether nobody holds it. */
  get idle(): boolean {
    return this.#readers.size === 0 && this.#writers.size === 0;
  }

  /** Whether something lies in it. */
  get filled(): boolean {
    return this.#chunks.length > 0;
  }

  addReader(reader: Reader): void {
    this.#readers.add(reader);
    this.#told = '';
    this.#tell();
  }

  addWriter(writer: Writer): void {
    this.#writers.add(writer);
  }

  #append(chunk: Chunk): void {
    if (chunk.bytes.byteLength > 0) this.#chunks.push(chunk);
  }

  write(writer: Writer, bytes: Uint8Array<ArrayBuffer>, beside?: Beside): void {
    if (this.#readers.size === 0) {
      beside?.drop();
      writer.broken();
      return;
    }
    this.#append({ bytes, writer, beside });
    this.#serve();
  }

  read(reader: Reader, request: number, size: number): void {
    this.#asked.push({ reader, request, size });
    this.#serve();
  }

  stop(reader: Reader): void {
    this.#asked = this.#asked.filter((one) => one.reader !== reader);
    this.#returning.add(reader);
    reader.stopped();
  }

  unread(reader: Reader, content: Uint8Array<ArrayBuffer>, beside?: Beside): void {
    if (!this.#returning.delete(reader)) return;
    if (content.byteLength > 0) this.#chunks.unshift({ bytes: content, writer: undefined, beside });
    this.#serve();
  }

  removeReader(reader: Reader): void {
    this.#readers.delete(reader);
    this.#returning.delete(reader);
    this.#asked = this.#asked.filter((one) => one.reader !== reader);
    if (this.#readers.size === 0) {
      for (const { beside } of this.#chunks) beside?.drop();
      this.#chunks = [];
      for (const writer of this.#writers) writer.broken();
    } else {
      this.#serve();
    }
  }

  removeWriter(writer: Writer): void {
    this.#writers.delete(writer);
    this.#serve();
  }

  #serve(): void {
    while (this.#returning.size === 0) {
      const [next] = this.#asked;
      if (!next || (this.#chunks.length === 0 && this.#writers.size > 0)) break;
      this.#asked.shift();
      const beside = this.#chunks[0]?.beside;
      const content = this.#take(next.size);
      next.reader.data(next.request, content, this.filled, beside);
    }
    this.#tell();
  }

  #take(size: number): Uint8Array<ArrayBuffer> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    for (let [chunk] = this.#chunks; chunk && length < size; [chunk] = this.#chunks) {
      const { bytes, writer, beside } = chunk;
      if (beside && parts.length > 0) break;
      const part = bytes.subarray(0, size - length);
      parts.push(part);
      length += part.byteLength;
      if (part.byteLength === bytes.byteLength) this.#chunks.shift();
      else this.#chunks[0] = { bytes: bytes.subarray(part.byteLength), writer };
      if (writer && this.#writers.has(writer)) writer.taken(part.byteLength);
      if (beside) break;
    }
    const [only] = parts;
    if (parts.length === 1 && only?.byteLength === only?.buffer.byteLength && only) return only;
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.byteLength;
    }
    return whole;
  }

  #tell(): void {
    const readable = this.#chunks.length > 0;
    const ended = this.#writers.size === 0;
    const shared = this.#readers.size > 1;
    const now = `${readable} ${ended} ${shared}`;
    if (now === this.#told) return;
    this.#told = now;
    for (const reader of this.#readers) reader.state(readable, ended, shared);
  }
}
