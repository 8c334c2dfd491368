/**
 * The bar under a cell while its program listens: on which ports, with a way to send something to them.
 *
 * Invariant: it stands as long as a port of the cell's runs listens, and longer only while an answer is shown in it. It
 * takes the focus only when the reader opens it.
 */
import type { Port } from '../../session/contract.ts';
import type { LiveCell } from '../live/cell.ts';
import { make } from '../make.ts';
import { announce } from '../say.ts';
import { Panel } from './panel.ts';
import styles from './ports.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

const bars = new WeakMap<LiveCell, Bar>();

const address = ({ host, port }: Port): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

class Bar {
  readonly #cell: LiveCell;
  readonly #element = make('section', 'cell-ports');
  readonly #words = make('p', 'port-words');
  readonly #toggle = make('button', '', 'Send a request');
  /** Of each run of this cell, the ports that still listen. */
  readonly #ports = new Map<object, readonly Port[]>();
  #panel: Panel | undefined;

  constructor(cell: LiveCell) {
    this.#cell = cell;
    this.#element.setAttribute('aria-label', `Network of ${cell.name}`);
    this.#toggle.type = 'button';
    this.#toggle.setAttribute('aria-expanded', 'false');
    this.#element.append(make('div', 'port-bar', this.#words, this.#toggle));
    this.#toggle.addEventListener('click', () => {
      this.#open(this.#toggle.getAttribute('aria-expanded') !== 'true');
    });
  }

  /** `run` now listens on these ports and no others. */
  show(run: object, ports: readonly Port[]): void {
    if (ports.length === 0) this.#ports.delete(run);
    else this.#ports.set(run, ports);
    const all = [...this.#ports.values()].flat();
    if (this.#panel) this.#panel.ports = all;
    if (all.length === 0 && !this.#panel?.used) {
      this.#remove();
      return;
    }
    const before = this.#words.textContent;
    this.#words.textContent =
      all.length === 0 ? 'Nothing listens here any more' : `Listens on ${all.map(address).join(', ')}`;
    if (!this.#element.isConnected) this.#cell.element.querySelector('.cell-foot')?.before(this.#element);
    if (before !== this.#words.textContent) announce(`${this.#cell.name}: ${this.#words.textContent}`);
  }

  #open(open: boolean): void {
    this.#toggle.setAttribute('aria-expanded', String(open));
    this.#toggle.textContent = open ? 'Hide' : 'Send a request';
    if (!open) {
      this.#panel?.close();
      this.#panel?.element.remove();
      this.#panel = undefined;
      if (this.#ports.size === 0) this.#remove();
      return;
    }
    this.#panel = new Panel();
    this.#panel.ports = [...this.#ports.values()].flat();
    this.#element.append(this.#panel.element);
    this.#panel.focus();
  }

  #remove(): void {
    // Not to Run, where the next Enter of a reader who types on would start the cell again.
    if (this.#element.contains(document.activeElement)) this.#cell.output.focus({ preventScroll: true });
    this.#panel?.close();
    this.#element.remove();
    bars.delete(this.#cell);
  }
}

/** Shows under `cell` that `run`, any object that stands for one run of it, listens on these ports and no others. */
export function showPorts(cell: LiveCell, run: object, ports: readonly Port[]): void {
  const bar = bars.get(cell) ?? new Bar(cell);
  bars.set(cell, bar);
  bar.show(run, ports);
}
