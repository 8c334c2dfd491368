/**
 * Shows kept edits in the static code of their cells: an editor is loaded when a reader goes into code, not with the page.
 *
 * Invariant: no focus is taken, and a cell whose editor is open is left to it.
 */
import type { CellData } from '../../protocol/cell.ts';
import { addEditedMark, shownEdit } from '../shown-edit.ts';
import { markStale, original as fromOriginal } from '../stale.ts';
import { setText } from './coloured-lines.ts';
import { loadEdit } from './saved-edit.ts';

const tell = (cell: HTMLElement, what: 'changed' | 'unreadable'): void =>
  void import('../notices.ts').then(
    ({ tellOfEdit }) => {
      tellOfEdit(cell, what);
    },
    () => undefined, // Opening the editor tells it again.
  );

function show(cell: HTMLElement): void {
  const saved = loadEdit(cell.id);
  const code = cell.querySelector('pre.code code');
  // From here it has its own height, not the one that the head of the page has reserved for it.
  cell.style.setProperty('--edit', 'initial');
  if (!code || (saved === 'none' && shownEdit(cell) === undefined)) return;
  if (saved === 'unreadable') {
    tell(cell, 'unreadable');
    return;
  }
  const original = (JSON.parse(cell.dataset['cell'] ?? '') as CellData).cell.source.replace(/\n$/, '');
  const edit = saved === 'none' || saved.source === original ? undefined : saved;
  if (shownEdit(cell) === edit?.source) return;
  setText(code, edit?.source);
  cell.dataset['lines'] = String((edit?.source ?? original).split('\n').length);
  const reset = cell.querySelector<HTMLElement>('[data-action="reset"]');
  if (edit) {
    cell.dataset['edited'] = '';
    markStale(cell, fromOriginal);
    addEditedMark(cell);
    if (reset) reset.hidden = false;
  } else {
    delete cell.dataset['edited'];
    markStale(cell);
    cell.querySelector('.cell-edited')?.remove();
    // What a run has put there can still be put back.
    if (reset) reset.hidden = !('state' in cell.dataset);
  }
  // What has run knows better whose output it shows.
  cell.dispatchEvent(new Event('edited'));
  cell.querySelector('.cell-notice.is-kept')?.remove();
  if (edit && edit.original !== original) tell(cell, 'changed');
}

/** Also when another tab has kept or forgotten one. */
export function showEdits(): void {
  for (const cell of document.querySelectorAll<HTMLElement>('py-cell[data-live]:not([data-editor])')) show(cell);
}
