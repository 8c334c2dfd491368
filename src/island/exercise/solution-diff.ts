/** Two texts of Python with their differences marked: side by side where there is room, else one below the other. */
import { pythonLanguage } from '@codemirror/lang-python';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { signs, underlined } from '../editor/comparison.ts';
import { highlighting } from '../editor/highlight.ts';
import { adoptStyleSheets } from '../editor/style-sheets.ts';
import { theme } from '../editor/theme.ts';
import { make } from '../make.ts';

/** Pixels that two sides of code need. */
const room = 680;

const changes = EditorView.theme({
  // A line under what changed, not its colour alone.
  '&.cm-editor .cm-changedText': underlined('var(--accent)'),
  '&.cm-editor .cm-changedLine': { background: 'var(--accent-soft)' },
  '&.cm-editor .cm-deletedChunk': { padding: '0', background: 'var(--soft)' },
  '&.cm-editor .cm-deletedChunk .cm-deletedText': underlined('var(--mark-error)'),
});

const side = (label: string): Extension => [
  pythonLanguage,
  highlighting,
  theme,
  changes,
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.lineWrapping,
  EditorView.editorAttributes.of({ class: 'code' }),
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
];

export function compare(box: HTMLElement, mine: string, solution: string): void {
  adoptStyleSheets();
  const [left, right] = ['Your code', 'Solution'] as const;
  if (box.clientWidth >= room) {
    box.append(make('p', 'solution-sides', make('span', '', left), make('span', '', right)));
    new MergeView({
      parent: box,
      a: { doc: mine, extensions: side(left) },
      b: { doc: solution, extensions: side(right) },
      gutter: false,
    });
    return;
  }
  box.append(make('p', 'solution-sides', 'Your lines, then those of the solution that take their place'));
  new EditorView({
    parent: box,
    doc: solution,
    extensions: [
      side('Your code and the solution'),
      unifiedMergeView({ original: mine, gutter: false, mergeControls: false }),
      signs,
    ],
  });
}
