/** Reads as much of a WebAssembly module's binary form as it takes to add functions to it (core specification, chapter 5). */

/** A run of bytes of the module. */
interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Section extends Span {
  readonly id: number;
}

export const sectionId = {
  type: 1,
  import: 2,
  function: 3,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;
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

  /** All that has not been read. */
  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
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

/** The module with these functions: the bodies of all, and the number of each one's type. */
export function replaceFunctions(
  bytes: Uint8Array,
  bodies: readonly Uint8Array[],
  typeNumbers: readonly number[],
): Uint8Array {
  const count = Uint8Array.from(leb(bodies.length));
  const withLengths = bodies.flatMap((body) => [Uint8Array.from(leb(body.length)), body]);
  return replaceSections(
    bytes,
    new Map<number, Uint8Array>([
      [sectionId.function, Uint8Array.from([...count, ...typeNumbers.flatMap(leb)])],
      [sectionId.code, Buffer.concat([count, ...withLengths])],
    ]),
  );
}

/** Whether an import or an export is a function, a table, a memory or a global variable. */
export const kindOf = { function: 0, table: 1, memory: 2, global: 3 } as const;

interface Import {
  readonly name: string;
  readonly kind: number;
}

function imports(reader: Reader): Import[] {
  const limits = (): void => {
    const flags = reader.byte();
    reader.number();
    if ((flags & 1) === 1) reader.number();
  };
  return reader.vector(() => {
    // The module that it comes from.
    reader.name();
    const name = reader.name();
    const kind = reader.byte();
    if (kind === kindOf.function) reader.number();
    else if (kind === kindOf.memory) limits();
    else if (kind === kindOf.table) {
      reader.byte();
      limits();
    } else {
      // A global: type and mutability; a tag: attribute and type.
      reader.byte();
      reader.number();
    }
    return { name, kind };
  });
}

/** How many of that kind are imported: the module's own are numbered after them. */
export function imported(reader: Reader, wanted: number): number {
  return imports(reader).filter(({ kind }) => kind === wanted).length;
}

/** The names of imported functions, in the order of their numbers. */
export function importedFunctions(reader: Reader): string[] {
  return imports(reader).flatMap(({ name, kind }) => (kind === kindOf.function ? [name] : []));
}

/** Exported names of one kind with their numbers. */
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

/** What a segment is filled with, and where it begins. */
interface Segment<T> {
  readonly start: number;
  readonly content: T;
}

function segments<T>(reader: Reader, content: (reader: Reader) => T): Segment<T>[] {
  return reader.vector(() => {
    if (reader.number() !== 0) throw new TypeError('The module fills its tables or its memory in another way.');
    return { start: constant(reader), content: content(reader) };
  });
}

/** The functions that C has pointers to, by pointer. */
export function tableFunctions(reader: Reader): Map<number, number> {
  const filled = segments(reader, () => reader.vector(() => reader.number()));
  return new Map(
    filled.flatMap(({ start, content }) => content.map((index, place) => [start + place, index] as const)),
  );
}

/** The memory before the module runs. */
export function initialMemory(reader: Reader): Buffer {
  const filled = segments(reader, () => reader.span());
  const memory = Buffer.alloc(Math.max(...filled.map(({ start, content }) => start + content.end - content.start)));
  for (const { start, content } of filled) memory.set(reader.bytes.subarray(content.start, content.end), start);
  return memory;
}

/** What the module's own global variables begin with. */
export function initialGlobals(reader: Reader): number[] {
  return reader.vector(() => {
    // Its type and its mutability.
    reader.byte();
    reader.byte();
    return constant(reader);
  });
}

/** `i32.const` of it. */
function constant(reader: Reader): number {
  if (reader.byte() !== 0x41) throw new TypeError('The module has a value that is computed.');
  const value = reader.signed();
  reader.byte();
  return value;
}
