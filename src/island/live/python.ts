/**
 * The page's one Python: started on the first intent, shared by all cells.
 *
 * Invariant: `generation` grows whenever names are lost, so a cell knows whether what it did still stands.
 */
import type { SessionState } from '../../session/contract.ts';
import { Session } from '../../session/session.ts';
import { closeCells } from '../without-fibers.ts';

const root = document.documentElement.dataset['root'] ?? './';
export const session = new Session({ runtime: new URL(`${root}runtime/`, document.baseURI) });
if (document.querySelector('py-cell[data-live][data-mode="script"]')) session.expectPrograms();

let currentGeneration = 0;
let before: SessionState['phase'] = 'idle';

session.subscribe((state) => {
  const { phase } = state;
  // A browser may have it in name only.
  if (state.phase === 'ready' && !state.fibers) closeCells();
  // After the first start, loading or failing means that the interpreter was replaced or died.
  if (before === 'ready' && phase !== 'ready') currentGeneration += 1;
  before = phase;
});

export const generation = (): number => currentGeneration;
