/**
 * What the changed module (src/kernel/build/waits/) reads: who runs, whom to ask, and whether anybody waits.
 *
 * Invariant: while a fiber runs, C is told the ident of its thread, and takes it for the main thread's.
 */
import type { EmscriptenModule } from './emscripten-module.ts';
import type { Offsets } from './offsets.ts';
import { refusal, words } from './words.ts';

export class CSide {
  readonly #module: EmscriptenModule;
  readonly #offsets: Offsets;

  constructor(module: EmscriptenModule, offsets: Offsets) {
    this.#module = module;
    this.#offsets = offsets;
  }

  /** The fiber of this thread state runs from now on. */
  runs(tstate: number): void {
    const { HEAPU32 } = this.#module;
    HEAPU32[words.threadState >> 2] = tstate;
    HEAPU32[this.#offsets.mainThread >> 2] = HEAPU32[(tstate + this.#offsets.threadId) >> 2] ?? 0;
  }

  /**
   * Whether the running fiber is a thread's. A greenlet leaves its fiber without an ident, and the next job of that fiber
   * gives it another: CPython handles no signal in between.
   */
  get ofThread(): boolean {
    return this.#module.HEAPU32[this.#offsets.mainThread >> 2] !== 0;
  }

  /** Gives the running thread state a thread's identity. */
  identify(ident: number, nativeId: number): void {
    const { HEAPU32 } = this.#module;
    const tstate = this.#module._PyThreadState_Get();
    HEAPU32[(tstate + this.#offsets.threadId) >> 2] = ident;
    HEAPU32[(tstate + this.#offsets.nativeThreadId) >> 2] = nativeId;
    this.runs(tstate);
  }

  /** `asked` is the address of the Python function that C asks; it is never freed. */
  ask(asked: number): void {
    this.#module.HEAPU32[words.asked >> 2] = asked;
  }

  /** A fiber cannot be suspended: Python is told by an exception, which may get lost in C. */
  refuses(): void {
    const at = words.refused >> 2;
    if (this.#module.HEAPU32[at] === refusal.none) this.#module.HEAPU32[at] = refusal.told;
  }

  /** How many threads wait for C. */
  waiting(count: number): void {
    this.#module.HEAPU32[words.waiting >> 2] = count;
  }

  /** Takes the lock at an address, if it is free: a byte whose lowest bit says that it is held. */
  take(address: number, how: number): boolean {
    const { HEAPU8 } = this.#module;
    const free = ((HEAPU8[address] ?? 0) & 1) === 0;
    if (free) HEAPU8[address] = how;
    return free;
  }

  /** Sets more bits of a lock that is held. */
  mark(address: number, bits: number): void {
    this.#module.HEAPU8[address] = (this.#module.HEAPU8[address] ?? 0) | bits;
  }
}
