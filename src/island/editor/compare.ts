/** The word that tells a changed cell from its author's; it is a button that compares the two. */
import { Compartment, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { announce, say } from '../say.ts';

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

async function toggle(view: EditorView, button: Element, original: string): Promise<void> {
  if (isOpen(view)) {
    close(view, button);
    return;
  }
  const { comparisonWith, countChanges } = await import('./comparison.ts');
  // The reader may have taken the edit back while it was loaded.
  if (!button.isConnected) return;
  view.dispatch({ effects: place.reconfigure(comparisonWith(original)) });
  button.setAttribute('aria-pressed', 'true');
  const count = countChanges(view.state);
  announce(`Compared with the original: ${count} ${count === 1 ? 'change' : 'changes'}`);
}

/** Shows the word when the text differs from `original`, and removes it and the comparison when it does not. */
export function markEdited(element: HTMLElement, view: EditorView, original: string, edited: boolean): void {
  const shown = element.querySelector('.cell-edited');
  if (!edited) {
    shown?.remove();
    // Not while the view tells of a change.
    if (isOpen(view))
      queueMicrotask(() => {
        close(view, null);
      });
    return;
  }
  if (shown) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cell-edited';
  button.textContent = 'Edited';
  button.title = 'Compare with the original';
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => {
    toggle(view, button, original).catch(() => {
      say(element, 'Cannot load the comparison. Check the connection.');
    });
  });
  element.querySelector('.cell-name')?.after(button);
}
