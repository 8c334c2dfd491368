/**
 * The clocks that Python reads, which a cell may make run faster.
 *
 * Invariant: all clocks of a worker (`performance.now`, `Date.now`, and so every clock of `time`) advance by the same
 * factor and never step back.
 */
/** `at` on the real clock, `clock` is the factor; the others are `now` and `Date.now`. */
export interface Standing {
  readonly at: number;
  readonly clock: number;
  readonly monotonic: number;
  readonly date: number;
}

export class Clock {
  /** Unscaled milliseconds since the worker's start: for time slices and what the page is told. */
  readonly realNow: () => number;
  /** Unscaled milliseconds since 1970, the same in all workers. */
  readonly realDate: () => number;
  #factor = 1;
  #realBase: number;
  #scaledBase: number;
  /** What `Date.now` is when `now` is 0. */
  #wallBase: number;

  /** Takes over `performance.now` and `Date.now` of this worker; do it before Pyodide is loaded. */
  constructor(scope: { performance: Performance; Date: DateConstructor }) {
    this.realNow = scope.performance.now.bind(scope.performance);
    this.#realBase = this.realNow();
    this.#scaledBase = this.#realBase;
    this.#wallBase = scope.Date.now() - this.#realBase;
    // Finer than `Date.now`.
    const origin = scope.performance.timeOrigin;
    this.realDate = () => origin + this.realNow();
    const now = (): number => this.now();
    Object.defineProperty(scope.performance, 'now', { value: now, configurable: true });
    scope.Date.now = () => this.#wallBase + now();
  }

  get factor(): number {
    return this.#factor;
  }

  set factor(factor: number) {
    this.#scaledBase = this.now();
    this.#realBase = this.realNow();
    this.#factor = factor;
  }

  /**
   * Goes on from where the clocks of another process stood at `at` (`realDate`): a system has one `time.monotonic` for all of
   * its processes. That process is older, so no clock steps back.
   */
  follow({ at, clock, monotonic, date }: Standing): void {
    this.#realBase = this.realNow();
    this.#scaledBase = monotonic + (this.realDate() - at) * clock;
    this.#wallBase = date - monotonic;
    this.#factor = clock;
  }

  /** Where the clocks stand, for `follow`. */
  standing(): Standing {
    const monotonic = this.now();
    return { at: this.realDate(), clock: this.#factor, monotonic, date: this.#wallBase + monotonic };
  }

  /** Milliseconds on the cell's clock. */
  now(): number {
    return this.#scaledBase + (this.realNow() - this.#realBase) * this.#factor;
  }

  /** How long to wait for `milliseconds` of the cell's clock. */
  real(milliseconds: number): number {
    return milliseconds / this.#factor;
  }
}
