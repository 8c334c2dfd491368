/** The benchmark's other page: static code that becomes a plain CodeMirror editor when it is focused, and nothing more. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView, keymap } from '@codemirror/view';

const pre = document.querySelector('pre');
const view = new EditorView({
  doc: pre?.textContent ?? '',
  extensions: [
    pythonLanguage,
    history(),
    syntaxHighlighting(defaultHighlightStyle),
    keymap.of([...historyKeymap, ...defaultKeymap]),
  ],
});
pre?.replaceWith(view.dom);
view.focus();
