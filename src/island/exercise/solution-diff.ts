/** The reader's code and the solution in the comparison that the word "Edited" opens in a cell. */
import { pythonLanguage } from '@codemirror/lang-python';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { comparisonWith } from '../editor/comparison.ts';
import { highlighting } from '../editor/highlight.ts';
import { adoptStyleSheets } from '../editor/style-sheets.ts';
import { theme } from '../editor/theme.ts';
import { make } from '../make.ts';

export function compare(box: HTMLElement, mine: string, solution: string): void {
  adoptStyleSheets();
  box.append(make('p', 'solution-words', 'Your lines, then those of the solution that take their place'));
  new EditorView({
    parent: box,
    doc: solution,
    extensions: [
      pythonLanguage,
      highlighting,
      theme,
      comparisonWith(mine),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.editorAttributes.of({ class: 'code' }),
      EditorView.contentAttributes.of({ 'aria-label': 'Your code and the solution', tabindex: '0' }),
    ],
  });
}
