/**
 * Makes C hand errors to Python by Linux's numbers and with Linux's words.
 *
 * Within C all numbers stay Emscripten's, which its constants are compiled to and its JavaScript answers with. There are
 * few places where a number goes from C to Python or back: `PyErr_SetFromErrno…`, `os.strerror`, the BlockingIOError of
 * buffered files, the `errno` of `ctypes`, and one comparison with EINTR. Each is found by what it does, and there alone the number is
 * translated. What CPython keeps in dictionaries, `_os_kernel/errnos.py` renumbers.
 *
 * Invariant: no other function sees a number of Linux's. Made for Pyodide 314.0.7; throws where the module looks
 * different.
 */
import { lowMemory } from '../../machine/cpython/words.ts';
import { Code } from '../stack/code.ts';
import { Data } from '../stack/data.ts';
import { Reader, leb, replaceSections, sectionId, signedLeb } from '../stack/wasm-module.ts';
import type { ErrorNumber } from './table.ts';

const op = {
  ...{ if: 0x04, else: 0x05, end: 0x0b, call: 0x10, localGet: 0x20, localSet: 0x21 },
  ...{ load: 0x28, load8: 0x2d, load16: 0x2f, store: 0x36, i32Const: 0x41 },
  ...{ equal: 0x46, unequal: 0x47, below: 0x49, add: 0x6a, shiftLeft: 0x74 },
} as const;
const i32 = 0x7f;

/** Three tables; the messages of errors are the last. */
const tables = {
  toLinux: lowMemory.errorNumbers,
  fromLinux: lowMemory.errorNumbers + 256,
  words: lowMemory.errorNumbers + 448,
  end: lowMemory.end,
} as const;

const enoent = { emscripten: 44, words: 'No such file or directory' } as const;
const eintr = { emscripten: 27, linux: 4 } as const;

const constant = (value: number): number[] => [op.i32Const, ...signedLeb(value)];
/** Aligned to 32 bits, without an offset. */
const whole = [2, 0];

/** The comparison with EINTR. */
const interrupted = (number: number, comparison: number): Buffer => Buffer.from([...constant(number), comparison]);

/** Replaces `from` by `to` and throws unless it was found `times` times. */
function replaced(body: Buffer, from: Uint8Array, to: readonly number[], expected: number): Buffer {
  const count = times(body, from);
  if (count !== expected) throw new TypeError(`CPython looks different: ${count} places and not ${expected}.`);
  const text = (bytes: Iterable<number>) => Buffer.from(Uint8Array.from(bytes)).toString('latin1');
  return Buffer.from(
    body.toString('latin1').replaceAll(text(from), () => text(to)),
    'latin1',
  );
}

function times(body: Buffer, part: Uint8Array): number {
  let found = 0;
  for (let at = body.indexOf(part); at >= 0; at = body.indexOf(part, at + part.length)) found += 1;
  return found;
}

/** Where musl keeps its messages: 16 bits for each number, and right behind them the texts that these lead to. */
function messages(code: Code, data: Data): { start: number; end: number; has: (number: number) => boolean } {
  const body = code.bodies[code.named('__strerror_l')] ?? Buffer.alloc(0);
  const after = (at: number) => new Reader(body, at + 1).signed();
  // table + 2 * number, loaded: an offset from the texts.
  const tableAt = body.indexOf(op.i32Const, body.indexOf(op.shiftLeft));
  const textsAt = body.lastIndexOf(op.i32Const);
  const [start, texts] = [after(tableAt), after(textsAt)];
  const offsets = Array.from({ length: (texts - start) >> 1 }, (_, number) => data.half(start + 2 * number));
  if (data.text(texts + (offsets[enoent.emscripten] ?? 0)) !== enoent.words)
    throw new TypeError('musl looks different: its messages are not where they should be.');
  const last = texts + Math.max(...offsets);
  // What it never answers with has the message of 0.
  const has = (number: number) => offsets[number] !== undefined && offsets[number] !== offsets[0];
  return { start, end: last + Buffer.byteLength(data.text(last)) + 1, has };
}

/** The one function that has this C string. */
function saying(code: Code, data: Data, text: string): number {
  const mark = Buffer.from(constant(data.addressOf(text)));
  const [index, ...others] = code.bodies.flatMap((body, number) => (body.includes(mark) ? [number] : []));
  if (index === undefined || others.length > 0) throw new TypeError(`CPython looks different: who says "${text}".`);
  return index;
}

/** What makes a BlockingIOError for a buffered file, and how often it reads the number. */
function blockingErrors(code: Code, data: Data, read: Buffer): Map<number, number> {
  const format = Buffer.from(constant(data.addressOf('isn')));
  const found = new Map<number, number>();
  code.bodies.forEach((body, index) => {
    if (body.includes(format) && body.includes(read)) found.set(index, times(body, read));
  });
  if (found.size !== 2) throw new TypeError(`CPython looks different: ${found.size} makers of BlockingIOError.`);
  return found;
}

/** `_PyIO_trap_eintr`: whether the exception that is set is an EINTR. */
function trapsInterrupts(code: Code): number {
  const calls = ['PyErr_ExceptionMatches', 'PyErr_GetRaisedException', 'PyLong_AsLongAndOverflow'];
  const marks = calls.map((name) => code.callOf(code.named(name)));
  const comparison = interrupted(eintr.emscripten, op.unequal);
  const found = code.bodies.flatMap((body, index) =>
    body.includes(comparison) && marks.every((mark) => body.includes(mark)) ? [index] : [],
  );
  const [index] = found;
  if (index === undefined || found.length > 1)
    throw new TypeError(`CPython looks different: ${found.length} functions ask an exception for EINTR.`);
  return index;
}

/**
 * `ctypes` exchanges the number of the last error with one of its own around each call. One exchange: the last error is
 * read, stored, and then set from a local variable.
 */
function exchanged(
  body: Buffer,
  read: Buffer,
  address: readonly number[],
  get: readonly number[],
  set: readonly number[],
) {
  const store = [op.store, ...whole];
  const head = Buffer.from([...read, ...store, ...address, op.localGet]);
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = body.indexOf(head); at >= 0; at = body.indexOf(head, start)) {
    const local = body.subarray(at + head.length, at + head.length + 1);
    const tail = body.subarray(at + head.length + 1, at + head.length + 1 + store.length);
    if (!tail.equals(Buffer.from(store))) throw new TypeError('ctypes looks different: how it exchanges errno.');
    parts.push(body.subarray(start, at), Buffer.from([...get, ...store, op.localGet]), local, Buffer.from(set));
    start = at + head.length + 1 + store.length;
  }
  return { exchanges: parts.length / 4, body: Buffer.concat([...parts, body.subarray(start)]) };
}

export function renumberErrors(bytes: Uint8Array, numbers: readonly ErrorNumber[]): Uint8Array {
  const code = new Code(bytes);
  const data = new Data(code);
  const location = code.bodies[code.named('__errno_location')] ?? Buffer.alloc(0);
  const address = constant(new Reader(location, 2).signed());
  const read = Buffer.from([...address, op.load, ...whole]);

  const first = code.imported + code.bodies.length;
  const [linuxNumber, wordsOf, setNumber] = [first, first + 1, first + 2].map((index) => [op.call, ...leb(index)]) as [
    number[],
    number[],
    number[],
  ];
  const toLinux = new Uint8Array(tables.fromLinux - tables.toLinux).map((_, number) => number);
  const fromLinux = new Uint8Array(tables.words - tables.fromLinux).map((_, number) => number);
  const place = messages(code, data);
  const words = new Uint16Array((tables.end - tables.words) / 2);
  let texts = Buffer.from('Unknown error\0');
  for (const { linux, emscripten, words: said } of numbers) {
    toLinux[emscripten] = linux;
    fromLinux[linux] = emscripten;
    // Two names may be one number's; of what C never answers with, Python alone has words.
    if (words[linux] !== 0 || !place.has(emscripten)) continue;
    words[linux] = texts.length;
    texts = Buffer.concat([texts, Buffer.from(`${said}\0`)]);
  }
  if (texts.length > place.end - place.start)
    throw new TypeError(`The messages take ${texts.length} bytes; there is room for ${place.end - place.start}.`);

  /** Leaves the number on the stack that local 0 has in a table of bytes, or itself beyond it. */
  const looked = (table: number, size: number): number[] => [
    ...[op.localGet, 0, ...constant(size), op.below, op.if, i32],
    ...[op.localGet, 0, op.load8, 0, ...leb(table), op.else, op.localGet, 0, op.end],
  ];
  const made = [
    // The number of the last error, as Linux has it.
    [1, 1, i32, ...read, op.localSet, 0, ...looked(tables.toLinux, toLinux.length), op.end],
    // The words for a number of Linux's.
    [
      ...[0, op.localGet, 0, ...constant(words.length), op.below, op.if, i32],
      ...[op.localGet, 0, ...constant(1), op.shiftLeft, op.load16, 1, ...leb(tables.words)],
      ...[op.else, ...constant(0), op.end, ...constant(place.start), op.add, op.end],
    ],
    // Sets the number of the last error from one of Linux's.
    [0, ...address, ...looked(tables.fromLinux, fromLinux.length), op.store, ...whole, op.end],
  ].map((body) => Buffer.from(body));
  const types = [code.numberOfType([], [i32]), code.numberOfType([i32], [i32]), code.numberOfType([i32], [])];

  const patches = new Map<number, (body: Buffer) => Buffer>();
  patches.set(code.named('__strerror_l'), () =>
    Buffer.from([0, ...looked(tables.toLinux, toLinux.length), ...wordsOf, op.end]),
  );
  patches.set(code.named('PyErr_SetFromErrnoWithFilenameObjects'), (body) =>
    [
      [read, linuxNumber] as const,
      [code.callOf(code.named('strerror')), wordsOf] as const,
      [interrupted(eintr.emscripten, op.equal), [...interrupted(eintr.linux, op.equal)]] as const,
    ].reduce((changed, [from, to]) => replaced(changed, from, to, 1), body),
  );
  patches.set(saying(code, data, 'strerror() argument out of range'), (body) =>
    replaced(body, code.callOf(code.named('strerror')), wordsOf, 1),
  );
  for (const [index, count] of blockingErrors(code, data, read))
    patches.set(index, (body) => replaced(body, read, linuxNumber, count));
  patches.set(trapsInterrupts(code), (body) =>
    replaced(body, interrupted(eintr.emscripten, op.unequal), [...interrupted(eintr.linux, op.unequal)], 1),
  );
  const foreign = code.bodies.flatMap((before, index) => {
    const { exchanges, body } = exchanged(before, read, address, linuxNumber, setNumber);
    if (exchanges > 0) patches.set(index, () => body);
    return Array.from({ length: exchanges }, () => index);
  });
  if (foreign.length !== 4) throw new TypeError(`ctypes looks different: ${foreign.length} exchanges of errno.`);

  const withLength = (body: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.from(leb(body.length)), body]);
  const count = leb(code.bodies.length + made.length);
  const bodies = code.bodies.map((body, index) => withLength(patches.get(index)?.(body) ?? body));
  const segments = [
    [tables.toLinux, toLinux],
    [tables.fromLinux, fromLinux],
    [tables.words, new Uint8Array(words.buffer)],
    [place.start, texts],
  ] as const;
  return replaceSections(
    bytes,
    new Map<number, Uint8Array>([
      [sectionId.function, Uint8Array.from([...count, ...[...code.typeNumbers, ...types].flatMap(leb)])],
      [sectionId.code, Buffer.concat([Uint8Array.from(count), ...bodies, ...made.map(withLength)])],
      ...withSegments(code, segments),
    ]),
  );
}

/** The sections with further content of memory, put over what is there. */
function withSegments(code: Code, added: readonly (readonly [number, Uint8Array])[]): [number, Uint8Array][] {
  const old = code.section(sectionId.data);
  const before = old.number();
  const count = leb(before + added.length);
  const made = added.map(([start, content]) =>
    Buffer.concat([Uint8Array.from([0, ...constant(start), op.end, ...leb(content.length)]), content]),
  );
  return [
    [sectionId.data, Buffer.concat([Uint8Array.from(count), old.rest(), ...made])],
    [sectionId.dataCount, Uint8Array.from(count)],
  ];
}
