/**
 * Signature help: the parameters of the call that is being typed, above the line, with the current one marked.
 *
 * It comes by typing in a call or by Ctrl+Shift+Space, and goes when the cursor leaves the brackets, by Escape or by a run.
 */
import { Prec, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, showTooltip, ViewPlugin, type Tooltip, type ViewUpdate } from '@codemirror/view';
import type { Inspection, ShownParameter } from '../../protocol/question.ts';
import type { LiveCell } from '../live/cell.ts';
import { session } from '../live/python.ts';
import { announce } from '../say.ts';
import { docView, signatureText, signatureView } from './inspection-view.ts';
import { callAt, waysTo, type Call } from './paths.ts';

interface Shown {
  readonly name: string;
  readonly found: Inspection;
  readonly call: Call;
}

const setShown = StateEffect.define<Shown | null>();

/** The parameter that the argument at the cursor goes to. */
function active({ found: { parameters }, call }: Shown): ShownParameter | undefined {
  if (call.keyword !== undefined) {
    const named = parameters.find(({ name, kind }) => name === call.keyword && kind !== 'positional');
    return named ?? parameters.find(({ kind }) => kind === 'keywords');
  }
  const positional = parameters.filter(({ kind }) => kind === 'positional' || kind === 'either');
  return positional[call.index] ?? parameters.find(({ kind }) => kind === 'rest');
}

function tooltip(shown: Shown): Tooltip {
  return {
    pos: shown.call.from,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-signature';
      dom.append(signatureView(shown.name, shown.found, active(shown)));
      if (shown.found.doc !== '') dom.append(docView(shown.found.doc.split('\n\n')[0] ?? '', 3));
      return { dom };
    },
  };
}

const here = (state: EditorState): Call | undefined => callAt(state, state.selection.main.head);

const field = StateField.define<Shown | null>({
  create: () => null,
  update: (value, { effects, state, docChanged, selection }) => {
    for (const effect of effects) if (effect.is(setShown)) return effect.value;
    if (!value || (!docChanged && !selection)) return value;
    const call = here(state);
    return call && call.from === value.call.from ? { ...value, call } : null;
  },
  provide: (self) => showTooltip.from(self, (shown) => shown && tooltip(shown)),
});

/** The call that was asked about last; an answer to an earlier question is not shown. */
const asked = new WeakMap<EditorView, Call>();

/** Also one whose answer is still to come. */
export function closeSignature(view: EditorView): void {
  asked.delete(view);
  if (view.state.field(field)) view.dispatch({ effects: setShown.of(null) });
}

async function show(view: EditorView, target: LiveCell): Promise<void> {
  const { state } = view;
  const call = here(state);
  if (!call) return;
  asked.set(view, call);
  const namespace = target.cell.options.mode === 'notebook' ? target.chapter : '';
  const answer = await session.ask({ kind: 'inspection', namespace, of: waysTo(call.callee, state) });
  const found = answer?.kind === 'inspection' ? answer.found : null;
  const now = here(view.state);
  if (asked.get(view) !== call || !found?.callable || now?.from !== call.from || !view.hasFocus) return;
  const name = state.sliceDoc(call.callee.from, call.callee.to);
  view.dispatch({ effects: setShown.of({ name, found, call: now }) });
  announce(signatureText(name, found));
}

export function signatureHelp(target: LiveCell): Extension {
  const typed = ({ view, docChanged, transactions, state }: ViewUpdate): void => {
    if (!docChanged || state.field(field) || !transactions.some((each) => each.isUserEvent('input'))) return;
    if (/[(,]\s*$/.test(state.sliceDoc(state.selection.main.head - 2, state.selection.main.head)))
      void show(view, target);
  };
  return [
    field,
    ViewPlugin.define(() => ({ update: typed })),
    EditorView.domEventHandlers({
      blur: (_, view) => {
        closeSignature(view);
      },
    }),
    Prec.high(
      keymap.of([
        {
          key: 'Ctrl-Shift-Space',
          run: (view) => {
            void show(view, target);
            return true;
          },
        },
        {
          key: 'Escape',
          run: (view) => {
            if (!view.state.field(field)) return false;
            closeSignature(view);
            return true;
          },
        },
      ]),
    ),
  ];
}
