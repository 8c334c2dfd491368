/** Whether the output that a live cell shows belongs to the code above it, and what it belongs to if not. */
import { announce } from '../say.ts';
import { markStale, original } from '../stale.ts';

/** An editor's text has no newline at its end. */
const plain = (source: string): string => source.replace(/\n$/, '');

export class WhoseOutput {
  readonly #cell: HTMLElement;
  /** The author's, which was recorded, or that of a run in this page. */
  #recorded = true;
  /** The code that printed it. */
  #printedBy: string;
  /** The code that stands above it. */
  #code: string;
  /** A run is under way that has shown nothing yet. */
  #awaited = false;
  #label: string | undefined;

  constructor(cell: HTMLElement, source: string, code: string) {
    this.#cell = cell;
    this.#printedBy = plain(source);
    this.#code = plain(code);
    this.#label = this.#words;
  }

  /** From now on what is shown is recorded, or comes from a run of `source`. */
  isOf(origin: 'recorded' | 'run', source: string): void {
    this.#recorded = origin === 'recorded';
    this.#printedBy = plain(source);
    this.#awaited = false;
    this.#draw();
  }

  /** Whether a run has begun that has shown nothing yet: until then the output is older than the run. */
  set awaited(awaited: boolean) {
    this.#awaited = awaited;
    this.#draw();
  }

  /** From now on `code` stands above the output. */
  set code(code: string) {
    this.#code = plain(code);
    const before = this.#label;
    this.#draw();
    // Once, not at every key.
    if (before === undefined && this.#label !== undefined)
      announce(`The output below is ${this.#label.replace('From', 'from')}`);
  }

  get #words(): string | undefined {
    if (this.#recorded && this.#printedBy !== this.#code) return original;
    if (this.#awaited) return this.#recorded ? 'From the recorded run' : 'From the run before';
    return this.#printedBy === this.#code ? undefined : 'From the code before the edit';
  }

  #draw(): void {
    const words = this.#words;
    if (words === this.#label) return;
    this.#label = words;
    markStale(this.#cell, words);
  }
}
