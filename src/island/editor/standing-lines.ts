/** Marks the lines at which the threads of a program stand that is run step by step, with their names, until the code changes. */
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

export interface StandingAt {
  readonly line: number;
  /** Of the thread. */
  readonly name: string;
  /** It has the processor. */
  readonly runs: boolean;
}

const setStanding = StateEffect.define<DecorationSet>();

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (value, { effects, docChanged }) => {
    for (const effect of effects) if (effect.is(setStanding)) return effect.value;
    return docChanged ? Decoration.none : value;
  },
  provide: (self) => EditorView.decorations.from(self),
});

export const standingLines: Extension = field;

export function showStanding(view: EditorView, standing: readonly StandingAt[]): void {
  const { doc } = view.state;
  const lines = new Map<number, StandingAt[]>();
  for (const place of standing) {
    if (place.line >= 1 && place.line <= doc.lines) lines.set(place.line, [...(lines.get(place.line) ?? []), place]);
  }
  const marks = [...lines].map(([line, places]) => {
    const names = places.map(({ name }) => name).join(', ');
    const runs = places.some((place) => place.runs);
    const attributes = { 'data-standing': names };
    return Decoration.line({ class: `cm-standing${runs ? ' cm-standing-runs' : ''}`, attributes }).range(
      doc.line(line).from,
    );
  });
  view.dispatch({ effects: setStanding.of(Decoration.set(marks, true)) });
}
