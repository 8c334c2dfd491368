/** The comparison of a changed cell with its author's, which the word in its header opens and closes. */
import { Compartment, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { announce } from '../say.ts';
import { addEditedMark } from '../shown-edit.ts';

const place = new Compartment();

/** Where the comparison goes when it is asked for. */
export const comparing: Extension = place.of([]);

const isOpen = (view: EditorView): boolean => {
  const content = place.get(view.state);
  return Array.isArray(content) && content.length > 0;
};

function close(view: EditorView, button: Element | null): void {
  button?.setAttribute('aria-pressed', 'false');
  if (isOpen(view)) view.dispatch({ effects: place.reconfigure([]) });
}

/** Opens or closes the comparison of a changed cell. */
export async function toggleComparison(view: EditorView, element: HTMLElement, original: string): Promise<void> {
  const button = element.querySelector('.cell-edited');
  if (isOpen(view)) {
    close(view, button);
    return;
  }
  const { comparisonWith, countChanges } = await import('./comparison.ts');
  // The reader may have taken the edit back while it was loaded.
  if (!button?.isConnected) return;
  view.dispatch({ effects: place.reconfigure(comparisonWith(original)) });
  button.setAttribute('aria-pressed', 'true');
  const count = countChanges(view.state);
  announce(`Compared with the original: ${count} ${count === 1 ? 'change' : 'changes'}`);
}

/** Shows the word when the text differs from the original, and removes it and the comparison when it does not. */
export function markEdited(element: HTMLElement, view: EditorView, edited: boolean): void {
  if (edited) {
    addEditedMark(element);
    return;
  }
  element.querySelector('.cell-edited')?.remove();
  // Not while the view tells of a change.
  if (isOpen(view))
    queueMicrotask(() => {
      close(view, null);
    });
}
