/** Reads the interpreter's answer to an editor, which is data from outside, within its limits (`_kernel/complete.py`). */
import type {
  Answer,
  CompletionItem,
  Inspection,
  NameKind,
  ParameterKind,
  ShownParameter,
} from '../protocol/question.ts';
import { fields, flag, list, oneOf, text } from './read-fields.ts';

const mostCompletions = 1000;
const mostParameters = 100;
const longestName = 100;
/** Names of parameters with annotation and default. */
const longestParameter = 300;
const longestDoc = 5_000;

const nameKinds: readonly NameKind[] = ['class', 'function', 'namespace', 'property', 'variable'];
const parameterKinds: readonly ParameterKind[] = ['positional', 'either', 'rest', 'keyword', 'keywords', 'mark'];

function completion(value: unknown): CompletionItem {
  const { label, kind, detail } = fields(value);
  return { label: text(label, longestName), kind: oneOf(kind, nameKinds), detail: text(detail, longestName) };
}

function parameter(value: unknown): ShownParameter {
  const { text: shown, name, kind } = fields(value);
  return { text: text(shown, longestParameter), name: text(name, longestName), kind: oneOf(kind, parameterKinds) };
}

function inspection(value: unknown): Inspection {
  const { type, callable, parameters, returns, doc } = fields(value);
  return {
    type: text(type, longestName),
    callable: flag(callable),
    parameters: list(parameters, mostParameters).map(parameter),
    returns: text(returns, longestName),
    doc: text(doc, longestDoc),
  };
}

export function readAnswer(value: unknown): Answer {
  const answer = fields(value);
  const kind = oneOf(answer['kind'], ['completions', 'inspection']);
  if (kind === 'completions') {
    return { kind, completions: list(answer['completions'], mostCompletions).map(completion) };
  }
  return { kind, found: answer['found'] === null ? null : inspection(answer['found']) };
}
