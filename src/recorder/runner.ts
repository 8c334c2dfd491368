/** What can run a chain of cells and give the last one's run: the readers' kernel in a browser, or native CPython. */
import type { Cell } from '../protocol/cell.ts';
import type { OutputEvent } from '../protocol/event.ts';
import type { Producer } from '../protocol/snapshot.ts';
import type { RunEnd } from '../session/contract.ts';

export interface CellRun {
  readonly events: readonly OutputEvent[];
  readonly end: RunEnd;
  readonly producer: Producer;
}

export interface Runner extends AsyncDisposable {
  /** `chain` in order, the cell itself last; it starts without any state of cells outside of it. */
  run(chapter: string, chain: readonly Cell[]): Promise<CellRun>;
}
