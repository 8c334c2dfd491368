/**
 * Follows one press on Stop: until the run is over, or until it is clear that it does not end by itself.
 *
 * Invariant: it tells once. That a process is silent is measured: it is asked again and again whether it still takes
 * messages, as one that yields does some tens of times in a second.
 */
import type { StopResult } from './contract.ts';

/** Milliseconds: how long a run may take to end; how long a question may stay without an answer; between two questions. */
const patience = { end: 1000, answer: 500, between: 100 };

export class StopWatch {
  readonly #ask: () => void;
  readonly #told = Promise.withResolvers<StopResult>();
  #over = false;
  /** When the question was asked that has no answer yet. */
  #asked: number | undefined;

  constructor(ask: () => void) {
    this.#ask = ask;
  }

  get told(): Promise<StopResult> {
    return this.#told.promise;
  }

  /** The signal is on its way. */
  sent(): void {
    this.#question();
    setTimeout(() => {
      const silence = this.#asked === undefined ? 0 : performance.now() - this.#asked;
      this.#tell(silence < patience.answer ? 'goes-on' : 'silent');
    }, patience.end);
  }

  /** The process has answered. */
  heard(): void {
    this.#asked = undefined;
    setTimeout(() => {
      this.#question();
    }, patience.between);
  }

  /** The run is over. */
  over(): void {
    this.#tell('over');
  }

  #question(): void {
    if (this.#over) return;
    this.#asked = performance.now();
    this.#ask();
  }

  #tell(result: StopResult): void {
    this.#over = true;
    this.#told.resolve(result);
  }
}
