/** The words in a cell's header while it waits or runs: bytes while Python loads, then the time that has passed. */
import type { SessionState } from '../../session/contract.ts';
import { session } from './python.ts';

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

function loadingWords(state: SessionState): string {
  if (state.phase !== 'loading') return 'Waiting for its turn';
  if (state.total === 0) return 'Loading Python';
  if (state.loaded >= state.total) return 'Starting Python';
  return `Loading Python, ${megabytes(state.loaded)} of ${megabytes(state.total)} MB`;
}

/** Seconds as a reader wants them: two decimals below ten seconds, one above. */
export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

export class StateLine {
  readonly #cell: HTMLElement;
  readonly #line: HTMLElement | null;
  readonly #start = performance.now();
  readonly #unsubscribe: () => void;
  readonly #timer: number;
  readonly #verb: string;
  #running = false;

  constructor(cell: HTMLElement, verb: string) {
    this.#cell = cell;
    this.#line = cell.querySelector('.cell-state');
    this.#verb = verb;
    cell.dataset['state'] = 'running';
    this.#unsubscribe = session.subscribe(() => {
      this.#show();
    });
    this.#timer = window.setInterval(() => {
      this.#show();
    }, 100);
    this.#show();
    if (this.#line) this.#line.hidden = false;
  }

  /** From now on it shows `verb` and the seconds since it was made. */
  run(): void {
    this.#running = true;
    this.#show();
  }

  end(state: 'done' | 'failed'): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
    this.#cell.dataset['state'] = state;
    if (this.#line) this.#line.hidden = true;
  }

  #show(): void {
    if (!this.#line) return;
    const passed = ((performance.now() - this.#start) / 1000).toFixed(1);
    this.#line.textContent = this.#running ? `${this.#verb} ${passed} s` : loadingWords(session.state);
  }
}
