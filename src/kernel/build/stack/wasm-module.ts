/** Reads as much of a WebAssembly module's binary form as it takes to add functions to it (core specification, chapter 5). */

/** A run of bytes of the module. */
interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Section extends Span {
  readonly id: number;
}

export const sectionId = { type: 1, import: 2, function: 3, export: 7, element: 9, code: 10, data: 11 } as const;
const headLength = 8;

export class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new RangeError('The module ends in the middle of something.');
    this.at += 1;
    return value;
  }

  /** LEB128, unsigned, of at most 32 bits. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** LEB128, signed, of at most 32 bits. */
  signed(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      return shift < 25 && (byte & 0x40) !== 0 ? value | (-1 << (shift + 7)) : value;
    }
  }

  name(): string {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** Calls `read` as often as the number says that comes first. */
  vector<T>(read: (reader: Reader) => T): T[] {
    return Array.from({ length: this.number() }, () => read(this));
  }

  /** Something whose length in bytes comes first. */
  span(): Span {
    const length = this.number();
    this.at += length;
    return { start: this.at - length, end: this.at };
  }
}

/** LEB128, unsigned. */
export function leb(value: number): number[] {
  const low = value % 0x80;
  return value < 0x80 ? [low] : [low | 0x80, ...leb(Math.floor(value / 0x80))];
}

/** LEB128, signed. */
export function signedLeb(value: number): number[] {
  return value < 0x40 && value >= -0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signedLeb(value >> 7)];
}

export function sections(bytes: Uint8Array): Section[] {
  const reader = new Reader(bytes, headLength);
  const found: Section[] = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    found.push({ id, ...reader.span() });
  }
  return found;
}

/** The module with other contents in some of its sections. */
export function replaceSections(bytes: Uint8Array, contents: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, headLength)];
  for (const { id, start, end } of sections(bytes)) {
    const content = contents.get(id) ?? bytes.subarray(start, end);
    parts.push(Uint8Array.from([id, ...leb(content.length)]), content);
  }
  return Buffer.concat(parts);
}

/** How many functions are imported: the module's own are numbered after them. */
export function importedFunctions(reader: Reader): number {
  const limits = (): void => {
    const flags = reader.byte();
    reader.number();
    if ((flags & 1) === 1) reader.number();
  };
  const kinds = reader.vector(() => {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === 0) reader.number();
    else if (kind === 2) limits();
    else if (kind === 1) {
      reader.byte();
      limits();
    } else {
      // A global: type and mutability; a tag: attribute and type.
      reader.byte();
      reader.number();
    }
    return kind;
  });
  return kinds.filter((kind) => kind === 0).length;
}

/** Exported names of one kind (0 functions, 3 globals) with their numbers. */
export function exported(reader: Reader, wanted: number): Map<string, number> {
  const found = new Map<string, number>();
  reader.vector(() => {
    const name = reader.name();
    const kind = reader.byte();
    const index = reader.number();
    if (kind === wanted) found.set(name, index);
  });
  return found;
}

/** Its value types. */
export interface FunctionType {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

export function functionTypes(reader: Reader): FunctionType[] {
  return reader.vector(() => {
    if (reader.byte() !== 0x60) throw new TypeError('The module has a type that is no plain function’s.');
    return { parameters: reader.vector(() => reader.byte()), results: reader.vector(() => reader.byte()) };
  });
}

/** The functions in the first table: those that C has pointers to. */
export function tableFunctions(reader: Reader): Set<number> {
  const segments = reader.vector(() => {
    if (reader.number() !== 0) throw new TypeError('The module fills its tables in another way.');
    place(reader);
    return reader.vector(() => reader.number());
  });
  return new Set(segments.flat());
}

/** Where the C string `text` lies in memory. */
export function addressOf(reader: Reader, text: string): number | undefined {
  const wanted = Buffer.from(`${text}\0`);
  const addresses = reader.vector(() => {
    if (reader.number() !== 0) throw new TypeError('The module fills its memory in another way.');
    const start = place(reader);
    const { start: from, end } = reader.span();
    const at = Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset + from, end - from).indexOf(wanted);
    return at < 0 ? [] : [start + at];
  });
  return addresses.flat()[0];
}

/** Where a segment goes: `i32.const` of it. */
function place(reader: Reader): number {
  if (reader.byte() !== 0x41) throw new TypeError('The module has a segment whose place is computed.');
  const value = reader.signed();
  reader.byte();
  return value;
}
