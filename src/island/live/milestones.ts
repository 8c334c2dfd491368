/**
 * What of a run is spoken: that Python loads and has started, the first line of output, and how it ended.
 *
 * Invariant: of a short run one sentence is spoken, of a longer one no more than four, whatever it prints.
 */
import type { OutputEvent } from '../../protocol/event.ts';
import { shown } from '../render/visible.ts';
import { announce } from '../say.ts';
import { session } from './python.ts';

/** Milliseconds in which a run may end, so that its first line is told with its end. */
const patience = 1000;
const longest = 120;

let starting = false;

/** Says that Python loads, and when it has started; what went wrong is told by the run that waits for it. */
export function tellStart(): void {
  if (starting || session.state.phase === 'ready') return;
  starting = true;
  const { state } = session;
  announce(
    state.phase === 'loading' && state.total > 0 && state.loaded >= state.total ? 'Starting Python' : 'Loading Python',
  );
  const unsubscribe = session.subscribe(({ phase }) => {
    if (phase === 'loading') return;
    unsubscribe();
    starting = false;
    if (phase === 'ready') announce('Python has started');
  });
}

export class Milestones {
  readonly #name: string;
  #text = '';
  #timer: number | undefined;
  #told = false;
  #error: string | undefined;

  /** `name` is the cell's. */
  constructor(name: string) {
    this.#name = name;
  }

  /** The exception that ended the run, as it is called. */
  get error(): string | undefined {
    return this.#error;
  }

  push(events: readonly OutputEvent[]): void {
    for (const event of events) {
      if (event.type === 'error') this.#error = event.name;
      else if (event.type !== 'exit' && this.#text.length < longest) this.#text += event.text;
    }
    if (this.#text !== '')
      this.#timer ??= window.setTimeout(() => {
        this.#told = true;
        announce(`${this.#name} prints: ${this.#line}`);
      }, patience);
  }

  /** The run is over, and others tell how. */
  drop(): void {
    clearTimeout(this.#timer);
  }

  /** The run is over; `words` say how. */
  end(words: string): void {
    this.drop();
    const first = this.#told || this.#line === '' ? '' : `. First line: ${this.#line}`;
    announce(`${this.#name}: ${words}${first}`);
  }

  get #line(): string {
    const text = this.#text.replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '').trimStart();
    return shown((text.split('\n')[0] ?? '').slice(0, longest).trim());
  }
}
