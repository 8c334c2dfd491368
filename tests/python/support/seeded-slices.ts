/**
 * Ends time slices where a generator of random numbers says, in place of the clock.
 * Invariant: the numbers depend on the seed alone. CPython looks whether a signal has come at each call, return and jump
 * backwards, so those are the places where a slice may end.
 */
import type { EmscriptenModule } from '../../../src/kernel/machine/cpython/emscripten-module.ts';
import type { Slices } from '../../../src/kernel/machine/time-slices.ts';
import type { VirtualTime } from '../../../src/kernel/virtual/virtual-time.ts';

/** How many places a slice has on average; each seed draws one. */
const LENGTHS = [3, 6, 15, 50, 200, 600];
/** Milliseconds of virtual time for one place; each seed draws one. */
const PACES = [0.0001, 0.001, 0.02];

/** mulberry32: small, fast, and good enough to choose places. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class SeededSlices implements Slices {
  readonly #module: EmscriptenModule;
  readonly #time: VirtualTime;
  #random: (() => number) | undefined;
  #length = 0;
  #pace = 0;
  #left = 0;
  #alarms: readonly { readonly at: number; readonly ring: () => void }[] = [];
  #places = 0;

  constructor(module: EmscriptenModule, time: VirtualTime) {
    this.#module = module;
    this.#time = time;
  }

  /** From here on places are drawn; undefined: none is ever chosen. */
  seed(seed: number | undefined): void {
    this.#random = seed === undefined ? undefined : generator(seed);
    this.#length = this.#pick(LENGTHS);
    this.#pace = this.#pick(PACES);
    this.#alarms = [];
    this.#places = 0;
    this.begin();
  }

  /** A number from 0 to `below`, less one. */
  draw(below: number): number {
    return Math.floor((this.#random?.() ?? 0) * below);
  }

  /** Calls `ring` about `places` places from here. */
  after(places: number, ring: () => void): void {
    this.#alarms = [...this.#alarms, { at: this.#places + places, ring }];
  }

  begin(): void {
    if (this.#random === undefined) return;
    this.#left = Math.max(1, Math.ceil(-Math.log(1 - this.#random()) * this.#length));
    this.#lookIn(this.#left);
  }

  over(): boolean {
    if (this.#random === undefined) return false;
    if (this.#left > 0) this.#passed(this.#left);
    this.#left = 0;
    return true;
  }

  #pick(from: readonly number[]): number {
    return from[this.draw(from.length)] ?? 1;
  }

  #passed(places: number): void {
    this.#time.pass(places * this.#pace);
    this.#places += places;
    const due = this.#alarms.filter(({ at }) => at <= this.#places);
    if (due.length === 0) return;
    this.#alarms = this.#alarms.filter(({ at }) => at > this.#places);
    for (const { ring } of due) ring();
  }

  /** CPython counts down to its next look. */
  #lookIn(places: number): void {
    this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] = places - 1;
  }
}
