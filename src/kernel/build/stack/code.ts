/**
 * The code of a WebAssembly module with what is known of each function.
 *
 * Invariant: a function is the number of its body, from 0; the module's own numbers count the imported ones first.
 */
import {
  exported,
  functionTypes,
  imported,
  kindOf,
  leb,
  Reader,
  sectionId,
  sections,
  signedLeb,
  tableFunctions,
  type FunctionType,
} from './wasm-module.ts';

const op = { call: 0x10, i32Store: 0x36, i32Const: 0x41 } as const;

export class Code {
  readonly #bytes: Uint8Array;
  readonly #exports: ReadonlyMap<string, number>;
  readonly #public: ReadonlySet<number>;
  readonly #table: ReadonlyMap<number, number>;
  readonly #pointedTo: ReadonlySet<number>;
  readonly #types: readonly FunctionType[];
  readonly #typeOf: readonly number[];
  readonly imported: number;
  /** Of the global variable `__stack_pointer`. */
  readonly stackPointer: number;
  readonly bodies: readonly Buffer[];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#typeOf = this.section(sectionId.function).vector((reader) => reader.number());
    this.#types = functionTypes(this.section(sectionId.type));
    this.#exports = exported(this.section(sectionId.export), kindOf.function);
    this.#public = new Set(this.#exports.values());
    this.#table = tableFunctions(this.section(sectionId.element));
    this.#pointedTo = new Set(this.#table.values());
    this.imported = imported(this.section(sectionId.import), kindOf.function);
    const spans = this.section(sectionId.code).vector((reader) => reader.span());
    this.bodies = spans.map(({ start, end }) => Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start));
    const stackPointer = exported(this.section(sectionId.export), kindOf.global).get('__stack_pointer');
    if (stackPointer === undefined) throw new TypeError('The module does not say where its stack pointer is.');
    this.stackPointer = stackPointer;
  }

  /** The function of that name. */
  named(name: string): number {
    const index = this.#exports.get(name);
    if (index === undefined) throw new TypeError(`The module does not export ${name}.`);
    return index - this.imported;
  }

  /** True if the module exports it. */
  isPublic(index: number): boolean {
    return this.#public.has(index + this.imported);
  }

  /** True if C has a pointer to it. */
  isPointedTo(index: number): boolean {
    return this.#pointedTo.has(index + this.imported);
  }

  /** The number of its type. */
  typeNumber(index: number): number {
    const type = this.#typeOf[index];
    if (type === undefined) throw new RangeError(`The module has no function ${index}.`);
    return type;
  }

  /** The function that a pointer of C's leads to. */
  pointedToBy(pointer: number): number {
    const index = this.#table.get(pointer);
    if (index === undefined) throw new RangeError(`No pointer of the module’s is ${pointer}.`);
    return index - this.imported;
  }

  /** The functions that `index` stores a pointer to, right after naming it. */
  storedBy(index: number): number[] {
    return this.pointersIn(index, [op.i32Store]);
  }

  /** The functions that `index` names a pointer to, right before these instructions. */
  pointersIn(index: number, before: readonly number[]): number[] {
    const body = this.bodies[index];
    return [...this.#table.keys()].flatMap((pointer) =>
      body?.includes(Buffer.from([op.i32Const, ...signedLeb(pointer), ...before])) ? [this.pointedToBy(pointer)] : [],
    );
  }

  parameters(index: number): number {
    return this.#types[this.typeNumber(index)]?.parameters.length ?? 0;
  }

  /** The number of the type of functions with these value types. */
  numberOfType(parameters: readonly number[], results: readonly number[]): number {
    return this.#types.findIndex(
      (type) => type.parameters.join() === parameters.join() && type.results.join() === results.join(),
    );
  }

  /** The instruction that calls it. */
  callOf(index: number): Buffer {
    return Buffer.from([op.call, ...leb(index + this.imported)]);
  }

  /** The types of all functions, by their numbers. */
  get typeNumbers(): readonly number[] {
    return this.#typeOf;
  }

  section(id: number): Reader {
    const section = sections(this.#bytes).find((each) => each.id === id);
    if (section === undefined) throw new TypeError(`The module has no section ${id}.`);
    return new Reader(this.#bytes.subarray(0, section.end), section.start);
  }
}
