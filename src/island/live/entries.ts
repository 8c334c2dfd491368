/**
 * Entries of the menus of cells for which the page has no room: they come with the live code, which every menu that is opened
 * loads.
 */
import { make } from '../make.ts';

export const inPlayground = (): boolean => document.querySelector('[data-playground]') !== null;

/** Into the menu of each cell that runs, but for those of exercises. */
export function addEntry(action: string, words: string): void {
  const menus = document.querySelectorAll('py-cell[data-live]:not([data-use]) [data-action="copy-output"]');
  for (const before of menus) {
    const entry = make('button', '', words);
    entry.type = 'button';
    entry.dataset['action'] = action;
    before.before(entry);
  }
}
