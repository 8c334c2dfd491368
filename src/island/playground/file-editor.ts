/** The editor of a file beside the program: the cell's, without what needs a running Python. */
import { closeBrackets } from '@codemirror/autocomplete';
import { history } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { search } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { highlighting } from '../editor/highlight.ts';
import { keys } from '../editor/keys.ts';
import { adoptStyleSheets } from '../editor/style-sheets.ts';
import { theme } from '../editor/theme.ts';
import { announce } from '../say.ts';
import type { WorkFile } from './workspace.ts';

const python: Extension = [pythonLanguage, indentOnInput(), bracketMatching(), closeBrackets(), highlighting];

/** Shows `file` inside `place`; `changed` hears of each change of its text. */
export function editFile(place: HTMLElement, file: WorkFile, changed: (text: string) => void): EditorView {
  adoptStyleSheets();
  const view = new EditorView({
    doc: file.text,
    extensions: [
      file.name.endsWith('.py') ? python : [],
      indentUnit.of('    '),
      EditorState.tabSize.of(4),
      // What is read with other ends of line keeps them.
      file.text.includes('\r\n') ? EditorState.lineSeparator.of('\r\n') : [],
      history(),
      search(),
      theme,
      keys(() => {
        announce('Tab leaves the file');
      }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) changed(state.sliceDoc());
      }),
      EditorView.editorAttributes.of({ class: 'code' }),
      EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': `Text of ${file.name}` }),
    ],
  });
  view.setTabFocusMode(true);
  place.replaceChildren(view.dom);
  return view;
}
