/** A cell of this page as the live code sees it: its data, its parts, what it shows, and whether its run still stands. */
import type { Cell, CellData } from '../../protocol/cell.ts';
import { shownEdit } from '../shown-edit.ts';
import { OutputView } from './output-view.ts';
import { generation } from './python.ts';
import { WhoseOutput } from './whose-output.ts';

/** What stands below the code when nothing has run; kept so that Reset shows it again. */
interface Recorded {
  readonly output: readonly Node[];
  readonly provenance: string;
  readonly timeline: Element | null;
}

/** An editor that stands in place of the static code. */
export interface SourceEditor {
  /** Puts back the author's source, in a way that the reader can undo. */
  reset(): void;
  /** Puts `text` in the place of all that is there, in a way that the reader can undo. */
  replace(text: string): void;
  /** Shows what differs from the author's source, or hides it again. */
  compare(): Promise<void>;
  /** Takes away what helps with typing: the code is about to run. */
  rest(): void;
}

/** A run that went as its author expects: which interpreter ran which sources, the cell's own first, then its ancestors'. */
interface Ran {
  readonly generation: number;
  readonly sources: readonly string[];
}

export class LiveCell {
  readonly element: HTMLElement;
  #cell: Cell;
  readonly chapter: string;
  readonly output: HTMLElement;
  readonly #provenance: Text;
  readonly #recorded: Recorded;
  readonly #whose: WhoseOutput;
  /** The run that is under way, for cells that continue this one; settles with whether it went as its author expects. */
  running: Promise<boolean> | undefined;
  #pressed: string | undefined;
  #view: OutputView | undefined;
  #ran: Ran | undefined;
  #edit: string | undefined;
  editor: SourceEditor | undefined;
  /** The name of a schedule under which the code as it is fails, which a search has found. */
  found: string | undefined;

  private constructor(element: HTMLElement) {
    const data = JSON.parse(element.dataset['cell'] ?? '') as CellData;
    this.element = element;
    this.#cell = data.cell;
    this.chapter = data.chapter;
    this.output = part(element, '.cell-output');
    const provenance = part(element, '.cell-provenance');
    // A label may stand in front of the words (../stale.ts).
    if (!(provenance.lastChild instanceof Text)) provenance.append('');
    this.#provenance = provenance.lastChild as Text;
    this.#recorded = {
      output: [...this.output.childNodes],
      provenance: this.#provenance.data,
      timeline: this.#timeline,
    };
    this.#whose = new WhoseOutput(element, this.cell.source, this.source);
    // The static code was changed, in another tab.
    element.addEventListener('edited', () => {
      this.#sourceChanged();
    });
    // In the playground what a link says of a run goes into the cell.
    element.addEventListener('options', () => {
      this.#cell = (JSON.parse(element.dataset['cell'] ?? '') as CellData).cell;
    });
  }

  static readonly #known = new WeakMap<HTMLElement, LiveCell>();

  static of(element: HTMLElement): LiveCell {
    const known = LiveCell.#known.get(element) ?? new LiveCell(element);
    LiveCell.#known.set(element, known);
    return known;
  }

  /** What would run, of a cell that need not have become live yet. */
  static sourceOf(element: HTMLElement): string {
    const known = LiveCell.#known.get(element);
    return known?.source ?? shownEdit(element) ?? (JSON.parse(element.dataset['cell'] ?? '') as CellData).cell.source;
  }

  /** Every cell of the page that can run, in the order of the page; those of exercises stand apart. */
  static all(): LiveCell[] {
    return [...document.querySelectorAll<HTMLElement>('py-cell[data-live]:not([data-use])')].map((element) =>
      LiveCell.of(element),
    );
  }

  get cell(): Cell {
    return this.#cell;
  }

  get name(): string {
    return part(this.element, '.cell-name').textContent;
  }

  /** The cell that this one continues. */
  get before(): LiveCell | undefined {
    const id = this.cell.options.after;
    const element = id === undefined ? null : document.getElementById(id);
    return element && 'live' in element.dataset ? LiveCell.of(element) : undefined;
  }

  /** All that it continues, the nearest first; a chain has no circle, which the build checks. */
  get ancestors(): LiveCell[] {
    const { before } = this;
    return before ? [before, ...before.ancestors] : [];
  }

  /** What runs: the reader's edit, else the author's source. */
  get source(): string {
    return this.#reader ?? this.cell.source;
  }

  get edited(): boolean {
    return this.#reader !== undefined;
  }

  /** The reader's text, where it differs from the author's. */
  get #reader(): string | undefined {
    return this.editor ? this.#edit : shownEdit(this.element);
  }

  /** What the editor holds; undefined for the author's text. */
  set edit(text: string | undefined) {
    this.#edit = text;
    this.#sourceChanged();
    this.toggleButtons();
  }

  /** Whoever shows something of this code listens to the event `source` of the element. */
  #sourceChanged(): void {
    this.#whose.code = this.source;
    this.element.dispatchEvent(new Event('source'));
  }

  /** The source of this cell and of all that it continues, which together decide what a run of it means. */
  get sources(): readonly string[] {
    return [this, ...this.ancestors].map(({ source }) => source);
  }

  /** True while the interpreter that ran this cell as its author expects runs, and nothing that ran was edited since. */
  get hasRun(): boolean {
    if (this.#ran?.generation !== generation()) return false;
    const { sources } = this;
    return this.#ran.sources.every((source, index) => source === sources[index]) && (this.before?.hasRun ?? true);
  }

  /** `sources` as they were when the run began; the reader may have edited meanwhile. */
  markRun(sources: readonly string[]): void {
    this.#ran = { generation: generation(), sources };
    LiveCell.#thatRan.add(this);
  }

  static readonly #thatRan = new Set<LiveCell>();

  /** The cells whose last run was in that interpreter and went as its author expects. */
  static ranIn(interpreter: number): LiveCell[] {
    return [...LiveCell.#thatRan].filter((cell) => cell.#ran?.generation === interpreter);
  }

  /** The code that a press on Run a moment ago has run. */
  get pressed(): string | undefined {
    return this.#pressed;
  }

  set pressed(source: string | undefined) {
    this.#pressed = source;
    this.toggleButtons();
  }

  button(action: string): HTMLButtonElement | null {
    return this.element.querySelector<HTMLButtonElement>(`button[data-action="${action}"]`);
  }

  /**
   * Shows the buttons that can act now: Run or Stop, Reset or Replay. Focus goes along from one to the other. Run that was
   * pressed a moment ago stays where it is, and does not act.
   */
  toggleButtons(): void {
    const running = this.running !== undefined;
    const live = this.#view !== undefined;
    const pressed = this.#pressed !== undefined;
    const shown = {
      run: !running || pressed,
      stop: running && !pressed,
      reset: (live || this.edited) && !running,
      replay: !live && !running,
    };
    const focused = document.activeElement;
    for (const [action, show] of Object.entries(shown)) {
      const button = this.button(action);
      if (button) button.hidden = !show;
    }
    const run = this.button('run');
    if (run) run.ariaDisabled = pressed ? 'true' : null;
    if (!(focused instanceof HTMLButtonElement) || !focused.hidden || !this.element.contains(focused)) return;
    this.button(running ? 'stop' : 'run')?.focus({ preventScroll: true });
  }

  set provenance(words: string) {
    this.#provenance.data = words;
  }

  /** What is shown of a live run or a replay; undefined while the recorded output stands. */
  get view(): OutputView | undefined {
    return this.#view;
  }

  newView(): OutputView {
    return new OutputView(this.output, this.element);
  }

  /** A run has begun, or is over; until it shows something, what is shown is older. */
  set awaitsOutput(awaited: boolean) {
    this.#whose.awaited = awaited;
  }

  /** From now on only `view` draws here: what a run of `source` prints or, without it, the recorded run again. */
  show(view: OutputView, source?: string): void {
    if (this.#view === view) return;
    this.#view?.detach();
    this.#view = view;
    view.attach();
    this.timeline = source === undefined ? this.#recorded.timeline : null;
    this.#whose.isOf(source === undefined ? 'recorded' : 'run', source ?? this.cell.source);
  }

  showRecorded(): void {
    this.#view?.detach();
    this.#view = undefined;
    this.output.replaceChildren(...this.#recorded.output);
    this.provenance = this.#recorded.provenance;
    this.timeline = this.#recorded.timeline;
    this.#whose.isOf('recorded', this.cell.source);
  }

  get #timeline(): Element | null {
    return this.element.querySelector('.cell-timeline');
  }

  /** What the threads of the run did whose output stands above it; null for nothing. It takes the focus along. */
  set timeline(timeline: Element | null) {
    const before = this.#timeline;
    if (before === timeline) return;
    if (before?.contains(document.activeElement)) this.output.focus({ preventScroll: true });
    before?.remove();
    if (timeline) this.element.querySelector('.cell-foot')?.before(timeline);
  }

  /** What is printed in the output now, whole where it is live. */
  get text(): string {
    if (this.#view) return this.#view.output.text;
    return [...this.output.querySelectorAll('.out')].map((block) => block.textContent).join('');
  }
}

function part(element: HTMLElement, selector: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The cell ${element.id} has no ${selector}.`);
  return found;
}
