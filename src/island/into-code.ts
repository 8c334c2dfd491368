/**
 * The way from a cell of the page into its code: by a click or by focus into the editor, by a frame of a traceback to its
 * line. The editor is loaded at the first of them.
 *
 * Invariant: until a reader goes there, nothing is fetched and nothing changes.
 */
import { loadOnce } from './load-once.ts';
import { say } from './say.ts';

const loadEditor = loadOnce(() => import('./editor/open.ts'));

/** Loads the editor, and opens it unless a drag of the mouse has yet to end. False when it could not be loaded. */
export const edit = (cell: HTMLElement, open: boolean, focus = true): Promise<boolean> =>
  loadEditor().then(
    (loaded) => {
      if (open) loaded.open(cell, focus);
      return true;
    },
    () => {
      if (open) say(cell, 'Cannot load the editor. Check the connection.', true);
      return false;
    },
  );

/** A click in a traceback. The link leads to the cell by itself; the rest leads to the line. */
export function followPlace(event: Event): void {
  const place = (event.target as Element).closest<HTMLAnchorElement>('a.out-place');
  if (!place) return;
  event.preventDefault();
  import('./go-to-line.ts').then(
    ({ goToLine }) => goToLine(place),
    () => {
      location.hash = place.hash;
    },
  );
}

/** Listens to what leads into the code of `cell`. */
export function goIntoCode(cell: HTMLElement): void {
  cell.addEventListener('click', followPlace);
  for (const intent of ['pointerdown', 'focusin', 'click'] as const) {
    cell.addEventListener(intent, (event) => {
      const code = (event.target as Element).closest('pre.code');
      if (code && 'live' in cell.dataset) void edit(cell, intent === 'click' || code.matches(':focus-visible'));
    });
  }
}
