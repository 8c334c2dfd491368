/** Words with buttons below the code of a cell, until the reader is done with them. */
import { make, makeButton } from '../make.ts';
import { announce } from '../say.ts';
import '../notices.ts';

export function clearPanels(cell: HTMLElement): void {
  cell.querySelector('.cell-notice.is-shared')?.remove();
}

/** Replaces the one that is there. A button that ends it stands last; `leave` names it. */
export function showPanel(cell: HTMLElement, words: string, parts: readonly Element[], leave = 'Close'): void {
  clearPanels(cell);
  const close = makeButton(leave, () => {
    panel.remove();
    cell.querySelector<HTMLElement>('.cm-content, pre.code')?.focus();
  });
  const panel = make('div', 'cell-notice is-shared', `${words} `, ...parts, close);
  cell.querySelector('.cell-source')?.append(panel);
  announce(words);
}
