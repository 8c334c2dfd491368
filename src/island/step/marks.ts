/** Marks in the code of the cells at which lines threads stand. Invariant: marks are those of the last call. */
import type { Stands } from '../../protocol/stepping.ts';
import type { StandingAt } from '../editor/standing-lines.ts';
import { edit } from '../into-code.ts';
import { cellOfFile } from '../live/cell-files.ts';
import { nameOf } from './words.ts';

export class Marks {
  readonly #from: HTMLElement;
  readonly #marked = new Set<HTMLElement>();
  #last = {};

  /** `from` is the cell whose program it is. */
  constructor(from: HTMLElement) {
    this.#from = from;
  }

  /** Undefined takes all marks away. */
  async show(stands: Stands | undefined): Promise<void> {
    const mine = (this.#last = {});
    const places = new Map<HTMLElement, StandingAt[]>();
    for (const [index, lane] of (stands?.lanes ?? []).entries()) {
      const [frame] = lane.frames;
      const id = frame && cellOfFile(frame.file, this.#from);
      const cell = id === undefined ? null : document.getElementById(id);
      if (!frame || !cell) continue;
      const place = { line: frame.line, name: nameOf(lane, index), runs: lane.state === 'stands' };
      places.set(cell, [...(places.get(cell) ?? []), place]);
    }
    for (const cell of places.keys()) if (!(await edit(cell, true, false))) return;
    if (places.size === 0 && this.#marked.size === 0) return;
    const { markStanding } = await import('../editor/open.ts');
    // The program has gone on while the editor was loaded.
    if (this.#last !== mine) return;
    for (const cell of this.#marked) if (!places.has(cell)) markStanding(cell, []);
    this.#marked.clear();
    for (const [cell, standing] of places) {
      markStanding(cell, standing);
      this.#marked.add(cell);
    }
  }
}
