/**
 * The interrupt buffer that CPython polls in its evaluation loop: it answers with one signal number when the time
 * slice is over or something has arrived. Invariant: it never answers while the collector runs, while
 * the handler of its last answer does, or while JavaScript waits for Python.
 */
import type { Frames } from './cpython/frames.ts';
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { Offsets } from './cpython/offsets.ts';

export class Interrupts {
  /**
   * True while a fiber's own stack runs. What a settled promise calls runs between two fibers, and Pyodide 314.0.7
   * does not clear `validSuspender` for it (`create_promise_handles`).
   */
  fiberRuns = false;
  /** Set when something waits for Python: a signal, an answer, a job. */
  pending = false;
  #attending = false;
  readonly #module: EmscriptenModule;
  readonly #offsets: Offsets;
  readonly #frames: Frames;
  readonly #signal: number;
  readonly #now: () => number;
  #sliceEnd = 0;
  /** Between an answer and the end of its handler: the handler itself must not be interrupted. */
  #answering = false;

  constructor(module: EmscriptenModule, offsets: Offsets, frames: Frames, signal: number, now: () => number) {
    this.#module = module;
    this.#offsets = offsets;
    this.#frames = frames;
    this.#signal = signal;
    this.#now = now;
  }

  /** False while the running stack cannot be suspended: it is no fiber's, or JavaScript waits for it. */
  get maySuspend(): boolean {
    return this.fiberRuns && this.#module.validSuspender.value;
  }

  /** Starts a new time slice for whoever runs now. */
  slice(): void {
    this.#answering = false;
    this.look();
    this.#sliceEnd = this.#now() + (this.#module.HEAPU32[this.#offsets.switchInterval >> 2] ?? 0) / 1000;
  }

  /** Has the buffer asked at once if something waits: an earlier look may have been refused. */
  look(): void {
    if (this.pending || this.#attending) this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] = 1;
  }

  /** Whether a signal's Python handler has yet to run: then the buffer is asked at once and answers. */
  attend(on: boolean): void {
    this.#attending = on;
    this.look();
  }

  /** Has the next look answered; false if it would be refused. */
  demand(): boolean {
    this.pending = !this.#answering && !this.#frames.collecting() && this.maySuspend;
    return this.pending;
  }

  /** Asks again as soon as the handler has returned: the call of this function is itself followed by one look. */
  again(): void {
    this.#answering = false;
    this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] = 2;
  }

  /** The handler of the last answer does not run, or no longer. */
  release(): void {
    this.#answering = false;
  }

  /** What `pyodide.setInterruptBuffer` is given; CPython writes 0 after each reading. */
  buffer(): { 0: number } {
    const ask = (): number => {
      if (this.#answering || this.#frames.collecting() || !this.maySuspend) return 0;
      this.#answering = this.pending || this.#attending || this.#now() >= this.#sliceEnd;
      return this.#answering ? this.#signal : 0;
    };
    return {
      get 0() {
        return ask();
      },
      set 0(_value: number) {},
    };
  }
}
