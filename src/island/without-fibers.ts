/**
 * A browser that cannot suspend Python: cells that need it keep their recorded output and say why they do not run.
 *
 * Invariant: a cell that is closed has no button that cannot act; the others are as they were.
 */

const browsers = 'Chrome or Edge from 137, Firefox from 153 and Safari from 27 have it';

function close(cell: HTMLElement, needs: string): void {
  delete cell.dataset['live'];
  for (const button of cell.querySelectorAll('[data-action^="run"], [data-action="stop"], [data-action="restart"]'))
    button.remove();
  const reason = document.createElement('p');
  reason.className = 'cell-reason';
  const what = cell.dataset['use'] === 'starter' ? 'Not in this browser' : 'Recorded only in this browser';
  const lacks = 'needs JavaScript Promise Integration (JSPI)';
  reason.textContent = `${what}: it ${needs}, which ${lacks}; ${browsers}.`;
  cell.querySelector('.cell-foot')?.append(reason);
}

/** Closes every cell of the page that declares a need, once. */
export function closeCells(): void {
  for (const cell of document.querySelectorAll<HTMLElement>('py-cell[data-live][data-needs]')) {
    close(cell, cell.dataset['needs'] ?? '');
  }
}
