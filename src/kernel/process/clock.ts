/**
 * The clocks that Python reads, which a cell may make run faster.
 *
 * Invariant: all clocks of a worker (`performance.now`, `Date.now`, and so every clock of `time`) advance by the same
 * factor and never step back.
 */
export class Clock {
  /** Unscaled milliseconds since the worker's start: for time slices and what the page is told. */
  readonly realNow: () => number;
  /** Unscaled milliseconds since 1970. */
  readonly realDate: () => number;
  #factor = 1;
  #realBase: number;
  #scaledBase: number;

  /** Takes over `performance.now` and `Date.now` of this worker; do it before Pyodide is loaded. */
  constructor(scope: { performance: Performance; Date: DateConstructor }) {
    this.realNow = scope.performance.now.bind(scope.performance);
    this.#realBase = this.realNow();
    this.#scaledBase = this.#realBase;
    const wallBase = scope.Date.now() - this.#realBase;
    this.realDate = scope.Date.now.bind(scope.Date);
    const now = (): number => this.now();
    Object.defineProperty(scope.performance, 'now', { value: now, configurable: true });
    scope.Date.now = () => wallBase + now();
  }

  get factor(): number {
    return this.#factor;
  }

  set factor(factor: number) {
    this.#scaledBase = this.now();
    this.#realBase = this.realNow();
    this.#factor = factor;
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
