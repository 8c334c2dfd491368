/**
 * When a fiber has computed long enough and another gets its turn: by the clock, after `sys.getswitchinterval()`.
 * Invariant: once a slice is over it stays over until the next one begins.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { Offsets } from './cpython/offsets.ts';

export interface Slices {
  /** A fiber gets the processor. */
  begin(): void;
  /** Asked each time CPython looks at the interrupt buffer. */
  over(): boolean;
}

export class TimeSlices implements Slices {
  readonly #module: EmscriptenModule;
  readonly #offsets: Offsets;
  readonly #now: () => number;
  #end = 0;

  constructor(module: EmscriptenModule, offsets: Offsets, now: () => number) {
    this.#module = module;
    this.#offsets = offsets;
    this.#now = now;
  }

  begin(): void {
    const microseconds = this.#module.HEAPU32[this.#offsets.switchInterval >> 2] ?? 0;
    this.#end = this.#now() + microseconds / 1000;
  }

  over(): boolean {
    return this.#now() >= this.#end;
  }
}
