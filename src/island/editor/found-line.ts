/** Marks the line that a traceback or a row of a table led to, until the reader types or goes elsewhere. */
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** Where the line begins; undefined marks none. */
const setFound = StateEffect.define<number | undefined>();
const mark = Decoration.line({ class: 'cm-foundLine' });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (value, { effects, docChanged, selection }) => {
    for (const effect of effects) {
      if (effect.is(setFound))
        return effect.value === undefined ? Decoration.none : Decoration.set(mark.range(effect.value));
    }
    return docChanged || selection ? Decoration.none : value;
  },
  provide: (self) => EditorView.decorations.from(self),
});

export const foundLine: Extension = field;

/** Puts the cursor where the text of line `number` (from 1, or the last there is) begins, in the middle of the screen. */
export function findLine(view: EditorView, number: number): void {
  const { doc } = view.state;
  const line = doc.line(Math.max(1, Math.min(number, doc.lines)));
  const anchor = line.from + (line.text.length - line.text.trimStart().length);
  view.dispatch({
    selection: { anchor },
    effects: [setFound.of(line.from), EditorView.scrollIntoView(anchor, { y: 'center' })],
  });
}

/** Marks line `number` and leaves the cursor and the page where they are; undefined takes the mark away. */
export function markFound(view: EditorView, number: number | undefined): void {
  const { doc } = view.state;
  const from = number === undefined ? undefined : doc.line(Math.max(1, Math.min(number, doc.lines))).from;
  view.dispatch({ effects: setFound.of(from) });
}
