/** Makes the editor’s text the source of its cell, keeps it in the browser, marks it, and puts the original back. */
import { closeCompletion } from '@codemirror/autocomplete';
import { isolateHistory } from '@codemirror/commands';
import { Annotation, type Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { editKey } from '../kept/keys.ts';
import { saveEdit } from '../kept/save-edit.ts';
import { loadEdit } from '../kept/saved-edit.ts';
import type { LiveCell } from '../live/cell.ts';
import { ofEdits } from '../notices.ts';
import { comparing, markEdited, toggleComparison } from './compare.ts';
import { messages, restored, showMessage } from './message.ts';
import { closeSignature } from './signature.ts';

/** Replaces the whole text; undo brings it back. */
function replaceText(view: EditorView, text: string, annotations: readonly Annotation<unknown>[] = []): void {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    userEvent: 'input.reset',
    annotations,
  });
}

const refused = 'Your edit is not kept: the browser gives no room for it. Copy it before you leave the page.';

/** An edit made in another tab, which is kept already. */
const fromOtherTab = Annotation.define<true>();

/** What the editor opens with: the reader's kept text, else the source of the cell. */
export function firstText(target: LiveCell): { readonly text: string; readonly message: string | undefined } {
  const original = target.cell.source.replace(/\n$/, '');
  const saved = loadEdit(target.cell.id);
  if (saved === 'none') return { text: original, message: undefined };
  if (saved === 'unreadable') return { text: original, message: ofEdits.unreadable };
  return { text: saved.source, message: saved.original === original ? undefined : ofEdits.changed };
}

export function keepEdit(target: LiveCell): Extension {
  const { id } = target.cell;
  const original = target.cell.source.replace(/\n$/, '');
  const take = (view: EditorView): void => {
    const text = view.state.doc.toString();
    const edited = text !== original;
    target.edit = edited ? text : undefined;
    markEdited(target.element, view, edited);
  };
  return [
    messages,
    comparing,
    ViewPlugin.define((view) => {
      target.editor = {
        reset: () => {
          if (!target.edited) return;
          target.element.querySelector('.cell-notice.is-kept')?.remove();
          // Undo takes back the Reset alone, not what was typed just before.
          replaceText(view, original, [isolateHistory.of('full')]);
          showMessage(view, restored);
        },
        replace: (text) => {
          replaceText(view, text, [isolateHistory.of('full')]);
        },
        compare: () => toggleComparison(view, target.element, original),
        rest: () => {
          closeCompletion(view);
          closeSignature(view);
        },
      };
      take(view);
      const hear = (event: StorageEvent): void => {
        if (event.key !== editKey(id)) return;
        const saved = loadEdit(id);
        if (saved === 'unreadable') return;
        const text = saved === 'none' ? original : saved.source;
        if (text !== view.state.doc.toString()) replaceText(view, text, [fromOtherTab.of(true)]);
      };
      window.addEventListener('storage', hear);
      return {
        destroy: () => {
          window.removeEventListener('storage', hear);
        },
      };
    }),
    EditorView.updateListener.of(({ docChanged, state, view, transactions }) => {
      if (!docChanged) return;
      const text = state.doc.toString();
      take(view);
      if (transactions.some((transaction) => transaction.annotation(fromOtherTab))) return;
      if (!saveEdit(id, target.edited ? { original, source: text } : undefined)) showMessage(view, refused);
    }),
  ];
}
