/**
 * Says that Python has died while no cell ran, under the cell that ran last: its names are gone.
 *
 * Invariant: a death in a run is told by that run, and not here.
 */
import type { SessionState } from '../../session/contract.ts';
import { announce } from '../say.ts';
import { showNotice } from './notice.ts';
import { lastRun } from './turns.ts';

export function tellLoss(state: SessionState): void {
  const fault = state.phase === 'loading' ? state.lost : state.phase === 'failed' ? state.fault : undefined;
  const cell = lastRun();
  if (!fault || !cell) return;
  showNotice(cell.element, fault);
  announce(`${fault.what} ${fault.why} ${fault.mend}`);
}
