/**
 * Says that Python has died while no cell ran, under the cell that ran last: its names are gone.
 *
 * Invariant: a death in a run is told by that run, and not here.
 */
import type { Fault } from '../../protocol/fault.ts';
import type { SessionState } from '../../session/contract.ts';
import { announce } from '../say.ts';
import { LiveCell } from './cell.ts';
import { showNotice } from './notice.ts';
import { generation } from './python.ts';
import { lastRun } from './turns.ts';

const shown = 4;

/** What the fault of an interpreter that is gone took with it: the cells that had run in it, by name. */
export function withLost(fault: Fault, interpreter: number): Fault {
  const names = LiveCell.ranIn(interpreter).map(({ name }) => `“${name}”`);
  if (names.length === 0) return fault;
  const more = names.length > shown ? [`${names.length - shown + 1} more`] : [];
  const list = [...names.slice(0, shown - more.length), ...more];
  return { ...fault, why: `${fault.why} Lost: what ${new Intl.ListFormat('en-GB').format(list)} had defined.` };
}

export function tellLoss(state: SessionState): void {
  const fault = state.phase === 'loading' ? state.lost : state.phase === 'failed' ? state.fault : undefined;
  const cell = lastRun();
  if (!fault || !cell) return;
  const told = withLost(fault, generation() - 1);
  showNotice(cell.element, told);
  announce(`${told.what} ${told.why} ${told.mend}`);
}
