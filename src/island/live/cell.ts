/** A cell of this page as the live code sees it: its data, its parts, and whether its run still stands. */
import type { Cell, CellData } from '../../protocol/cell.ts';
import { generation } from './python.ts';

/** What stands below the code when nothing has run; kept so that Reset shows it again. */
interface Recorded {
  readonly output: readonly Node[];
  readonly provenance: string;
}

export class LiveCell {
  readonly element: HTMLElement;
  readonly cell: Cell;
  readonly chapter: string;
  readonly output: HTMLElement;
  readonly #provenance: HTMLElement;
  readonly #recorded: Recorded;
  /** The run that is under way, for cells that continue this one; settles with whether it went as its author expects. */
  running: Promise<boolean> | undefined;
  /** What has been printed, for "Copy output"; undefined while the recorded output is shown. */
  text: string | undefined;
  #ranIn: number | undefined;

  private constructor(element: HTMLElement) {
    const data = JSON.parse(element.dataset['cell'] ?? '') as CellData;
    this.element = element;
    this.cell = data.cell;
    this.chapter = data.chapter;
    this.output = part(element, '.cell-output');
    this.#provenance = part(element, '.cell-provenance');
    this.#recorded = { output: [...this.output.childNodes], provenance: this.#provenance.textContent };
  }

  static readonly #known = new WeakMap<HTMLElement, LiveCell>();

  static of(element: HTMLElement): LiveCell {
    const known = LiveCell.#known.get(element) ?? new LiveCell(element);
    LiveCell.#known.set(element, known);
    return known;
  }

  /** Every cell of the page that can run, in the order of the page. */
  static all(): LiveCell[] {
    return [...document.querySelectorAll<HTMLElement>('py-cell[data-live]')].map((element) => LiveCell.of(element));
  }

  get name(): string {
    return part(this.element, '.cell-name').textContent;
  }

  /** The cell that this one continues. */
  get before(): LiveCell | undefined {
    const id = this.cell.options.after;
    const element = id === undefined ? null : document.getElementById(id);
    return element ? LiveCell.of(element) : undefined;
  }

  /** True while the interpreter that ran this cell is the one that runs now. */
  get hasRun(): boolean {
    return this.#ranIn === generation();
  }

  markRun(): void {
    this.#ranIn = generation();
  }

  button(action: string): HTMLButtonElement | null {
    return this.element.querySelector<HTMLButtonElement>(`button[data-action="${action}"]`);
  }

  set provenance(words: string) {
    this.#provenance.textContent = words;
  }

  showRecorded(): void {
    this.output.replaceChildren(...this.#recorded.output);
    this.provenance = this.#recorded.provenance;
    this.text = undefined;
  }
}

function part(element: HTMLElement, selector: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The cell ${element.id} has no ${selector}.`);
  return found;
}
