/**
 * Completions: from the live interpreter while nothing runs, and from the text always.
 *
 * Invariant: typing never starts Python and never waits for a cell that runs.
 */
import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletionIndex,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import type { CompletionItem, Question } from '../../protocol/question.ts';
import type { LiveCell } from '../live/cell.ts';
import { session } from '../live/python.ts';
import { inspectionView } from './inspection-view.ts';
import { knownNames, membersOfSelf } from './known-names.ts';
import { callAt, waysTo, type Path } from './paths.ts';

const noNames = /^(?:Comment|String|ContinuedString|FormatString|Number|ImportStatement)$/;

async function askLive(question: Extract<Question, { kind: 'completions' }>): Promise<readonly CompletionItem[]> {
  const answer = await session.ask(question);
  return answer?.kind === 'completions' ? answer.completions : [];
}

/** Signature and docstring beside the list, asked for when the reader comes to the name. */
const info = (namespace: string, ways: readonly Path[], name: string) => async (): Promise<Node | null> => {
  const of = ways.length === 0 ? [[name]] : ways.map((path) => [...path, name]);
  const answer = await session.ask({ kind: 'inspection', namespace, of });
  return answer?.kind === 'inspection' && answer.found ? inspectionView(name, answer.found) : null;
};

function once(options: readonly Completion[]): Completion[] {
  const seen = new Map<string, Completion>();
  for (const option of options) if (!seen.has(option.label)) seen.set(option.label, option);
  return [...seen.values()];
}

/** Names that begin with an underscore are for who asks for them. */
const boost = (label: string): number => (label.startsWith('__') ? -20 : label.startsWith('_') ? -10 : 0);

async function complete(context: CompletionContext, target: LiveCell): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const word = context.matchBefore(/[^\W\d]\w*$/u);
  const from = word?.from ?? pos;
  const node = syntaxTree(state).resolveInner(pos, -1);
  if (noNames.test(node.name)) return null;
  const dotted = state.sliceDoc(from - 1, from) === '.';
  if (!word && !dotted && !context.explicit) return null;
  const object = dotted ? syntaxTree(state).resolveInner(from, -1).parent?.firstChild : undefined;
  const of = object ? waysTo(object, state) : [];
  if (dotted && (!object || of.length === 0)) return null;
  const call = dotted ? undefined : callAt(state, pos);
  const callee = call && call.keyword === undefined ? waysTo(call.callee, state) : [];
  // A program has a namespace of its own, of which nothing is left to ask; modules and builtins are the same.
  const namespace = target.cell.options.mode === 'notebook' ? target.chapter : '';
  const live = (await askLive({ kind: 'completions', namespace, of, callee })).map(
    ({ label, kind, detail }): Completion => ({
      label,
      type: label.endsWith('=') ? 'keyword-argument' : kind,
      ...(detail && { detail }),
      boost: label.endsWith('=') ? 20 : boost(label),
      ...(!label.endsWith('=') && { info: info(namespace, of, label) }),
    }),
  );
  const self = object && state.sliceDoc(object.from, object.to) === 'self';
  const others = self ? membersOfSelf(object, context) : dotted ? [] : await knownNames(context, target);
  const options = once([...live, ...others]).filter(({ label }) => label !== word?.text || others.length === 0);
  return options.length === 0 ? null : { from, options, validFor: /^\w*$/u };
}

/** Tab takes the chosen name, or the first; Enter only one that was chosen, so that it stays a new line. */
function take(view: EditorView): boolean {
  if (completionStatus(view.state) !== 'active') return false;
  if (selectedCompletionIndex(view.state) === null) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
}

export function completing(target: LiveCell): Extension {
  return [
    autocompletion({
      override: [(context) => complete(context, target)],
      selectOnOpen: false,
      icons: false,
      interactionDelay: 0,
      maxRenderedOptions: 50,
    }),
    Prec.highest(keymap.of([{ key: 'Tab', run: take }])),
  ];
}
