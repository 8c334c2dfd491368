/** The words in a cell's header while it waits or runs: bytes while Python loads, with a bar, then the time that has passed. */
import type { SessionState } from '../../session/contract.ts';
import { make } from '../make.ts';
import { announce } from '../say.ts';
import { session } from './python.ts';

/** Bytes on their way, of Python or of packages. */
interface Coming {
  readonly what: string;
  readonly loaded: number;
  readonly total: number;
  /** For example `4.2 of 9.1 MB`. */
  readonly words: string;
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
const kilobytes = (bytes: number): string => Math.round(bytes / 1000).toLocaleString('en');

/** As they come over the wire; undefined while nothing is on its way. */
function comingOf(state: SessionState): Coming | undefined {
  if (state.phase === 'loading' && state.total > 0) {
    const { loaded, total } = state;
    return { what: 'Python', loaded, total, words: `${megabytes(loaded)} of ${megabytes(total)} MB` };
  }
  if (state.phase !== 'ready' || !state.coming) return undefined;
  const { name, others, loaded, total } = state.coming;
  const what = others > 0 ? `${name} and ${others} more` : name;
  return { what, loaded, total, words: `${kilobytes(loaded)} of ${kilobytes(total)} KB` };
}

function loadingWords(state: SessionState): string | undefined {
  if (state.phase !== 'loading') return undefined;
  const coming = comingOf(state);
  if (!coming) return 'Loading Python';
  return coming.loaded >= coming.total ? 'Starting Python' : `Loading Python, ${coming.words}`;
}

/** Seconds as a reader wants them: two decimals below ten seconds, one above. */
export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

export class StateLine {
  readonly #cell: HTMLElement;
  readonly #line: HTMLElement | null;
  readonly #unsubscribe: () => void;
  readonly #timer: number;
  #waiting = 'Waiting for its turn';
  #verb = '';
  #start: number | undefined;
  #asks = false;
  #stopping = false;
  #told = false;
  #progress: HTMLProgressElement | undefined;

  static readonly #of = new WeakMap<HTMLElement, StateLine>();

  /** Says that `cell` was told to stop, until its run ends; does nothing for one that does not run. */
  static stopping(cell: HTMLElement): void {
    const line = StateLine.#of.get(cell);
    if (!line) return;
    line.#stopping = true;
    line.#show();
  }

  constructor(cell: HTMLElement) {
    this.#cell = cell;
    StateLine.#of.set(cell, this);
    this.#line = cell.querySelector('.cell-state');
    cell.dataset['state'] = 'running';
    this.#unsubscribe = session.subscribe(() => {
      this.#show();
    });
    this.#timer = window.setInterval(() => {
      this.#show();
    }, 100);
    this.#show();
    if (!this.#line) return;
    this.#line.hidden = false;
    this.#line.classList.remove('is-fault');
  }

  /** What it waits for, for example `Waiting for drain.py`; loading shows before it. */
  wait(words: string): void {
    this.#waiting = words;
    this.#show();
  }

  /** From now on it shows `verb` and the seconds since this call. */
  run(verb: string): void {
    this.#verb = verb;
    this.#start = performance.now();
    this.#show();
  }

  /** Whether `run` was called. */
  get began(): boolean {
    return this.#start !== undefined;
  }

  /** Whether the program waits for its reader; shown instead of the seconds. */
  ask(waits: boolean): void {
    this.#asks = waits;
    this.#show();
  }

  end(state: 'done' | 'failed'): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
    StateLine.#of.delete(this.#cell);
    this.#progress?.remove();
    this.#cell.dataset['state'] = state;
    if (this.#line) this.#line.hidden = true;
  }

  #show(): void {
    if (this.#line) this.#line.textContent = this.#words();
    this.#showProgress();
  }

  #showProgress(): void {
    const coming = comingOf(session.state);
    if (!coming) {
      this.#progress?.remove();
      this.#progress = undefined;
      return;
    }
    if (!this.#progress) {
      this.#progress = make('progress', 'cell-progress');
      this.#line?.after(this.#progress);
    }
    const { what, loaded, total, words } = coming;
    this.#progress.max = total;
    this.#progress.value = loaded;
    this.#progress.textContent = words;
    this.#progress.ariaLabel = `Loading ${what}`;
    this.#progress.ariaValueText = words;
  }

  #words(): string {
    if (this.#stopping) return 'Stopping…';
    if (this.#asks) return 'Waits for input';
    if (this.#start === undefined) return loadingWords(session.state) ?? this.#waiting;
    const coming = comingOf(session.state);
    // Spoken once, with the size; what follows is for the eye.
    if (coming && !this.#told) announce(`Loading ${coming.what}, ${coming.words.replace(/.* of /, '')}`);
    this.#told = coming !== undefined;
    if (coming) return `Loading ${coming.what}, ${coming.words}`;
    return `${this.#verb}, ${((performance.now() - this.#start) / 1000).toFixed(1)} s`;
  }
}
