/**
 * What keys do in the editor. Tab indents once the reader has moved or typed there, so that a walk through the page by
 * keyboard is never caught; after Escape, Tab leaves again.
 */
import { closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentLess, indentMore, simplifySelection } from '@codemirror/commands';
import { searchKeymap } from '@codemirror/search';
import { Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, type KeyBinding } from '@codemirror/view';

/** The element of the cell hears these keys as well, and runs. */
const running: readonly KeyBinding[] = ['Ctrl-Enter', 'Mod-Enter', 'Shift-Enter'].map((key) => ({
  key,
  run: () => true,
}));

export function keys(onLeave: () => void): Extension {
  const leave: KeyBinding = {
    key: 'Escape',
    run: (view) => {
      simplifySelection(view);
      view.setTabFocusMode(true);
      onLeave();
      return true;
    },
  };
  const indenting: KeyBinding = { key: 'Tab', run: indentMore, shift: indentLess };
  return [
    Prec.highest(keymap.of(running)),
    keymap.of([...closeBracketsKeymap, ...searchKeymap, leave, indenting, ...historyKeymap, ...defaultKeymap]),
    EditorView.updateListener.of(({ view, docChanged, selectionSet }) => {
      if (docChanged || selectionSet) view.setTabFocusMode(false);
    }),
  ];
}
