/**
 * Descriptor 0 as C reads it (`open(0)`): C cannot wait, but a call that a signal interrupts it tries again, after
 * Python's handler has run; and that can wait. Invariant: one read is refused at most once before it is answered.
 */
import type { Interrupts } from './interrupts.ts';

/** What Pyodide makes an `errno` of. */
class Refusal extends Error {
  readonly code: 'EINTR' | 'EIO';

  constructor(code: 'EINTR' | 'EIO') {
    super(code);
    this.code = code;
  }
}

export class StandardInput {
  readonly #interrupts: Interrupts;
  #wanted = 0;
  #given: Uint8Array | undefined;

  constructor(interrupts: Interrupts) {
    this.#interrupts = interrupts;
  }

  /** `read(2)`. */
  read(into: Uint8Array): number {
    const given = this.#given;
    this.#given = undefined;
    if (given !== undefined) {
      into.set(given);
      return given.length;
    }
    // No handler has run: Python that JavaScript waits for reads, or other code than CPython's.
    const refused = this.#wanted > 0;
    this.#wanted = 0;
    if (into.length === 0) return 0;
    if (refused || !this.#interrupts.demand()) throw new Refusal('EIO');
    this.#wanted = into.length;
    throw new Refusal('EINTR');
  }

  /** How many bytes the interrupted read is for; asked once. */
  take(): number {
    const wanted = this.#wanted;
    this.#wanted = 0;
    return wanted;
  }

  /** At most as many as were wanted; none is the end. */
  give(bytes: Uint8Array): void {
    this.#given = bytes;
  }
}
