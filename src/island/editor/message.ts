/** One message under the code, in words, until the reader dismisses it or it is no longer true. */
import { undo } from '@codemirror/commands';
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { showPanel, type EditorView, type Panel } from '@codemirror/view';

/** Said after Reset; with a button, since a phone has no Ctrl+Z. */
export const restored = 'The original is back.';

const setMessage = StateEffect.define<string | null>();

function panel(view: EditorView, text: string): Panel {
  const dom = document.createElement('div');
  dom.className = 'cm-message';
  dom.setAttribute('role', 'status');
  const words = document.createElement('span');
  words.textContent = text;
  const dismiss = document.createElement('button');
  dismiss.type = 'button';
  dismiss.textContent = 'Dismiss';
  dismiss.addEventListener('click', () => {
    view.dispatch({ effects: setMessage.of(null) });
    view.focus();
  });
  dom.append(words, ' ');
  if (text === restored) {
    const undoing = document.createElement('button');
    undoing.type = 'button';
    undoing.textContent = 'Undo';
    undoing.addEventListener('click', () => {
      view.dispatch({ effects: setMessage.of(null) });
      undo(view);
      view.focus();
    });
    dom.append(undoing);
  }
  dom.append(dismiss);
  return { dom };
}

const field = StateField.define<string | null>({
  create: () => null,
  update: (value, { effects, docChanged }) =>
    effects.reduce(
      (last, effect) => (effect.is(setMessage) ? effect.value : last),
      // No longer true once the reader has typed.
      docChanged && value === restored ? null : value,
    ),
  provide: (self) => showPanel.from(self, (text) => (text === null ? null : (view) => panel(view, text))),
});

export const messages: Extension = field;

export function showMessage(view: EditorView, text: string): void {
  if (view.state.field(field) !== text) view.dispatch({ effects: setMessage.of(text) });
}
