/**
 * A search for a schedule that fails, below the output of its cell: how far it is, then what came of it.
 *
 * Invariant: one for each cell. Screen readers hear when it begins, every few seconds what it does now, and what came of it.
 */
import type { ExplorationAsked, ExplorationProgress } from '../../protocol/exploration.ts';
import { Unanswered } from '../../schedules/explore.ts';
import { toldCovered, toldPhase } from '../../schedules/tell.ts';
import type { LiveCell } from '../live/cell.ts';
import { make } from '../make.ts';
import { announce } from '../say.ts';
import { againForm } from './again.ts';
import styles from './find.css?inline';
import { markIn } from './mark.ts';
import { askedOf, Faulted, search, type Choice } from './search.ts';
import { verdictOf, type Verdict } from './verdict.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** Milliseconds between two things that are spoken of a search under way. */
const QUIET = 5_000;
const usual: Choice = { granularity: 'gil', seconds: 20, compare: true };

class View {
  readonly element = make('section', 'cell-find');
  readonly #cell: LiveCell;
  readonly #stop = make('button', '', 'Stop');
  readonly #said = make('p', 'find-verdict');
  readonly #rest = make('div', '');
  #abort = new AbortController();

  constructor(cell: LiveCell) {
    this.#cell = cell;
    this.element.setAttribute('aria-label', `Search for a schedule that fails: ${cell.name}`);
    this.#stop.type = 'button';
    this.#stop.addEventListener('click', () => {
      this.#abort.abort();
    });
    this.#said.tabIndex = -1;
    const title = make('span', 'find-title', 'Search for a schedule that fails');
    this.element.append(make('div', 'find-bar', title, this.#stop), this.#said, this.#rest);
    const changed = (): void => {
      if (this.element.isConnected) this.#stale();
      else cell.element.removeEventListener('source', changed);
    };
    cell.element.addEventListener('source', changed);
  }

  end(): void {
    this.#abort.abort();
    this.#cell.found = undefined;
    void markIn(this.#cell.element, undefined, undefined);
  }

  /** Of the code as it was. */
  #stale(): void {
    this.#cell.found = undefined;
    if (this.element.querySelector('.find-stale')) return;
    this.#said.before(make('p', 'find-note find-stale', 'The code was changed after this search began.'));
  }

  async search(choice: Choice): Promise<void> {
    this.element.querySelector('.find-stale')?.remove();
    this.#rest.replaceChildren();
    this.#stop.hidden = false;
    this.#said.textContent = 'Starting an interpreter for the search';
    const abort = (this.#abort = new AbortController());
    const asked = askedOf(this.#cell, choice);
    announce(`${this.#cell.name}: searching for a schedule that fails`);
    this.#cell.found = undefined;
    const { words, rest, schedule } = await this.#verdict(asked, abort.signal);
    // Run or Reset has taken it away.
    if (!this.element.isConnected) return;
    if (!this.element.querySelector('.find-stale')) this.#cell.found = schedule;
    this.#said.textContent = words;
    const again = againForm(choice, (next) => void this.search(next));
    this.#rest.replaceChildren(...rest, again);
    const stood = document.activeElement === this.#stop;
    this.#stop.hidden = true;
    if (stood) this.#said.focus({ preventScroll: true });
    announce(`${this.#cell.name}: ${words}`);
  }

  async #verdict(asked: ExplorationAsked, signal: AbortSignal): Promise<Verdict> {
    const begun = performance.now();
    let last: ExplorationProgress | undefined;
    let spoken = begun;
    const progress = (told: ExplorationProgress): void => {
      const now = performance.now();
      const words = `${told.runs.toLocaleString('en-GB')} schedules tried, now ${toldPhase(told)}`;
      this.#said.textContent = `${words}. ${((now - begun) / 1000).toFixed(0)} s of ${String(asked.seconds)} s.`;
      if (told.phase !== last?.phase && now - spoken > QUIET) {
        announce(`${this.#cell.name}: ${words}`);
        spoken = now;
      }
      last = told;
    };
    try {
      const explored = await search(asked, progress, signal);
      return verdictOf(this.#cell, asked, explored);
    } catch (reason) {
      if (signal.aborted) return { words: stopped(last), rest: [] };
      if (reason instanceof Faulted) {
        const { what, why, mend } = reason.fault;
        return { words: `${what} ${why} ${mend}`, rest: [] };
      }
      if (reason instanceof Unanswered) return { words: `It cannot be explored. ${reason.message}`, rest: [] };
      throw reason;
    }
  }
}

function stopped(last: ExplorationProgress | undefined): string {
  if (last === undefined) return 'Stopped before the first schedule was tried.';
  if (last.phase === 'shortening')
    return 'Stopped. A schedule failed, and was not shortened yet: search again to see it.';
  return `Stopped. No schedule had failed. ${toldCovered(last.runs, last.covered)}`;
}

/** Searches in place of an earlier search of `cell`; answers with what ends it. */
export function showSearch(cell: LiveCell): () => void {
  cell.element.querySelector('.cell-find')?.remove();
  const view = new View(cell);
  cell.element.querySelector('.cell-foot')?.before(view.element);
  void view.search(usual);
  view.element.scrollIntoView({ block: 'nearest' });
  return () => {
    view.end();
  };
}
