/** The check functions of a check fence, found by their names at the margin; what a reader sees of each is its docstring. */
import type { Check } from '../../protocol/exercise.ts';

export interface CheckFault {
  /** Line within the fence, counted from 1. */
  readonly line: number;
  readonly what: string;
  readonly mend: string;
}

const shape = 'Write def test_NAME(): or async def test_NAME():, and the sentence as its docstring.';
const definition = /^(?:async[ \t]+)?def[ \t]+(test\w*)[ \t]*(\([^\n]*)$/gm;
// Directly below the def, alone: one string between three double quotes.
const docstring = /^\n(?:[ \t]*\n)*[ \t]+"""((?:[^"\\]|\\.|"(?!""))*)"""[ \t]*(?:#[^\n]*)?\n/;

export function findChecks(source: string): { readonly checks: readonly Check[]; readonly faults: CheckFault[] } {
  const checks: Check[] = [];
  const faults: CheckFault[] = [];
  for (const match of source.matchAll(definition)) {
    const [whole, name = '', rest = ''] = match;
    const line = source.slice(0, match.index).split('\n').length;
    const fault = (what: string, mend: string): void => void faults.push({ line, what, mend });
    if (!/^test_\w+$/.test(name)) {
      fault(`the function ${name} is no check`, 'A check is named test_ and what it tests; call a helper otherwise.');
      continue;
    }
    if (!/^\([ \t]*\)[ \t]*(?:->[ \t]*None[ \t]*)?:[ \t]*(?:#.*)?$/.test(rest)) {
      fault(`the check ${name} is not of the form def ${name}():`, `A check takes no argument. ${shape}`);
      continue;
    }
    const text = docstring.exec(source.slice(match.index + whole.length))?.[1];
    const sentence = text?.replaceAll(/\s+/g, ' ').trim();
    if (sentence === undefined) {
      fault(`the check ${name} has no docstring`, `Say in one sentence what must hold: the reader sees it. ${shape}`);
      continue;
    }
    if (!/\w.*\.$/.test(sentence)) {
      fault(`the docstring of ${name} is no sentence`, 'Say in one sentence, with its full stop, what must hold.');
    }
    if (checks.some((check) => check.name === name)) {
      fault(`two checks are named ${name}`, 'Python keeps only the last: give each a name of its own.');
    }
    checks.push({ name, sentence });
  }
  if (checks.length === 0 && faults.length === 0) {
    faults.push({ line: 1, what: 'a check fence without a check', mend: shape });
  }
  return { checks, faults };
}
