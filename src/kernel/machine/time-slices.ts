/**
 * When a fiber has computed long enough and another gets its turn: by the clock, after `sys.getswitchinterval()`.
 *
 * A look at the clock takes longer than a turn of a small loop, so CPython counts some events (calls, returns, jumps
 * backwards) before it looks again. How many is measured: a loop that turns fast looks as often as one that turns slowly,
 * which is often enough for a slice and for Stop. docs/adr/0022-what-a-look-costs.md
 *
 * Invariant: once a slice is over it stays over until the next one begins.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { Offsets } from './cpython/offsets.ts';

export interface Slices {
  /** A fiber gets the processor. */
  begin(): void;
  /** Asked each time CPython looks (looks.ts); the countdown to its next look may be set here. */
  over(): boolean;
}

/** `PY_EMSCRIPTEN_SIGNAL_INTERVAL` of CPython: events between two looks, as long as nothing has been measured. */
const FIRST = 50;
/** Events between two looks at most: a loop that suddenly turns slowly is late by that many turns, once. */
const MOST = 150;
/** Milliseconds between two looks, aimed at. */
const SPACING = 0.04;
/** Milliseconds for one measurement: browsers give the time in steps of a tenth of it. */
const MEASURED = 1;
/** Milliseconds: a program that asks for shorter slices than this wants to be interrupted everywhere. */
const SHORT = 1;

export class TimeSlices implements Slices {
  readonly #module: EmscriptenModule;
  readonly #offsets: Offsets;
  readonly #now: () => number;
  #end = 0;
  #measures = false;
  /** Events between two looks. */
  #every = FIRST;
  #looks = 0;
  #since = 0;

  constructor(module: EmscriptenModule, offsets: Offsets, now: () => number) {
    this.#module = module;
    this.#offsets = offsets;
    this.#now = now;
  }

  begin(): void {
    const milliseconds = (this.#module.HEAPU32[this.#offsets.switchInterval >> 2] ?? 0) / 1000;
    this.#since = this.#now();
    this.#end = this.#since + milliseconds;
    this.#looks = 0;
    this.#measures = milliseconds >= SHORT;
    if (!this.#measures) this.#every = FIRST;
  }

  over(): boolean {
    const now = this.#now();
    this.#looks += 1;
    if (this.#measures && now - this.#since >= MEASURED) this.#measure(now);
    this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] = this.#every;
    return now >= this.#end;
  }

  #measure(now: number): void {
    const wanted = (this.#every * this.#looks * SPACING) / (now - this.#since);
    this.#every = Math.max(1, Math.min(MOST, Math.round(wanted)));
    this.#looks = 0;
    this.#since = now;
  }
}
