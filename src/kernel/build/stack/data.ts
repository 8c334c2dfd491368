/** What C has in memory before the module runs: constants, strings, types. An address is a byte's, from 0. */
import type { Code } from './code.ts';
import { exported, imported, initialGlobals, initialMemory, kindOf, sectionId } from './wasm-module.ts';

export class Data {
  readonly #memory: Buffer;
  readonly #globals: readonly number[];
  readonly #names: ReadonlyMap<string, number>;

  constructor(code: Code) {
    this.#memory = initialMemory(code.section(sectionId.data));
    this.#globals = initialGlobals(code.section(sectionId.global));
    const first = imported(code.section(sectionId.import), kindOf.global);
    const names = exported(code.section(sectionId.export), kindOf.global);
    this.#names = new Map([...names].map(([name, number]) => [name, number - first]));
  }

  /** The address of what C has under that name. */
  named(name: string): number {
    const address = this.#globals[this.#names.get(name) ?? -1];
    if (address === undefined) throw new TypeError(`The module does not export ${name}.`);
    return address;
  }

  /** The 32 bits at an address. */
  word(address: number): number {
    return this.#memory.readUInt32LE(address);
  }

  /** The 16 bits at an address. */
  half(address: number): number {
    return this.#memory.readUInt16LE(address);
  }

  /** The C string at an address. */
  text(address: number): string {
    return this.#memory.toString('utf8', address, this.#memory.indexOf(0, address));
  }

  /** Where a C string lies. */
  addressOf(text: string): number {
    const address = this.#memory.indexOf(`${text}\0`);
    if (address < 0) throw new TypeError(`The module does not say "${text}".`);
    return address;
  }
}
