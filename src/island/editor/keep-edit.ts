/** Makes the editor's text the source of its cell, marks a cell that differs from its author's text, and puts that back. */
import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import type { LiveCell } from '../live/cell.ts';

/** Shows or removes the word that tells a changed cell from its author's. */
function mark(element: HTMLElement, edited: boolean): void {
  const shown = element.querySelector('.cell-edited');
  if (!edited) {
    shown?.remove();
    return;
  }
  if (shown) return;
  const word = document.createElement('span');
  word.className = 'cell-edited';
  word.textContent = 'Edited';
  element.querySelector('.cell-name')?.after(word);
}

/** Replaces the whole text; undo brings it back. */
function replaceText(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: 'input.reset' });
}

export function keepEdit(target: LiveCell): Extension {
  const original = target.cell.source.replace(/\n$/, '');
  return [
    ViewPlugin.define((view) => {
      target.editor = {
        reset: () => {
          if (target.edited) replaceText(view, original);
        },
      };
      return {};
    }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (!docChanged) return;
      const text = state.doc.toString();
      const edited = text !== original;
      target.edit = edited ? text : undefined;
      mark(target.element, edited);
    }),
  ];
}
