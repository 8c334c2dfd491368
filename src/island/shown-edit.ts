/**
 * A reader's edit that stands in the static code of a cell, put back from an earlier visit; its editor is not open.
 *
 * Invariant: the text that a cell shows is the text that it runs.
 */

/** Undefined where the author's code stands, and where an editor does. */
export function shownEdit(cell: HTMLElement): string | undefined {
  return 'edited' in cell.dataset ? cell.querySelector('pre.code code')?.textContent : undefined;
}

/** Puts the word that tells a changed cell from its author's into its header, once; it is a button that compares the two. */
export function addEditedMark(cell: HTMLElement): void {
  if (cell.querySelector('.cell-edited')) return;
  const button = document.createElement('button');
  button.className = 'cell-edited';
  button.dataset['action'] = 'compare';
  button.textContent = 'Edited';
  button.title = 'Compare with the original';
  button.ariaPressed = 'false';
  cell.querySelector('.cell-name')?.after(button);
}
