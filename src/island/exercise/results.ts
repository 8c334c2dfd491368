/**
 * The list of checks: each sentence with its state in a word, and with what failed below it.
 *
 * Invariant: at most one failure stands open by itself, the first; a reader mends one at a time.
 */
import type { CheckResult, ChecksEnd } from '../../session/run-checks.ts';
import { failureNodes, printedNodes } from './failure.ts';
import { cellOfFile } from '../live/cell-files.ts';
import type { CellOf } from '../live/span-nodes.ts';
import { make } from '../make.ts';
import { part, sentence } from './parts.ts';

/** Of code that nobody has changed yet, what fails is no news. */
const untouchedWord = 'Not yet';
const words = { passed: 'Passed', failed: 'Failed', 'not-run': 'Not run', waiting: '' } as const;

export const checkNames = (element: HTMLElement): readonly string[] =>
  [...element.querySelectorAll<HTMLElement>('[data-check]')].map((item) => item.dataset['check'] ?? '');

function itemOf(element: HTMLElement, name: string): HTMLElement | undefined {
  const items = element.querySelectorAll<HTMLElement>('[data-check]');
  return [...items].find((item) => item.dataset['check'] === name);
}

const cellOfExercise =
  (element: HTMLElement): CellOf =>
  (file) =>
    cellOfFile(file, part(element, 'py-cell'));

function mark(item: HTMLElement, state: keyof typeof words, word: string, details?: Node): void {
  item.dataset['state'] = state;
  for (const old of item.querySelectorAll('.check-word, .check-fold, .check-details')) old.remove();
  if (word !== '') item.querySelector('.check-mark')?.after(make('strong', 'check-word', word));
  if (details) item.append(details);
}

/** `untouched` says whether the code that is about to be checked is the author's, as it was given. */
export function showWaiting(element: HTMLElement, untouched: boolean): void {
  element.toggleAttribute('data-untouched', untouched);
  for (const item of element.querySelectorAll<HTMLElement>('[data-check]')) mark(item, 'waiting', words.waiting);
}

const isUntouched = (element: HTMLElement): boolean => 'untouched' in element.dataset;

function detailsOf(element: HTMLElement, item: HTMLElement, result: CheckResult): Node | undefined {
  if (result.state !== 'failed') return undefined;
  const nodes = [...failureNodes(result.failure, cellOfExercise(element)), ...printedNodes(result)];
  if (nodes.length === 0) return undefined;
  const details = make('div', 'check-details', ...nodes);
  const first = element.querySelector('[data-check][data-state="failed"]') ?? item;
  const open = first === item && !isUntouched(element);
  return open ? details : make('details', 'check-fold', make('summary', '', 'What failed'), details);
}

export function showResult(element: HTMLElement, result: CheckResult): void {
  const item = itemOf(element, result.name);
  if (!item) return;
  const { state } = result;
  const word = state === 'failed' && isUntouched(element) ? untouchedWord : words[state];
  mark(item, state, word, detailsOf(element, item, result));
}

/** Below the first check that fails: what answers that fail there often miss. */
export function showCauses(
  element: HTMLElement,
  { results }: ChecksEnd,
  wrong: readonly { readonly fails: string; readonly why: string }[],
): void {
  if (isUntouched(element)) return;
  const failed = results.find(({ state }) => state === 'failed');
  const details = failed && itemOf(element, failed.name)?.querySelector('.check-details');
  for (const { fails, why } of wrong) {
    if (fails === failed?.name) details?.append(make('p', 'check-cause', 'Often: ', ...sentence(why)));
  }
}

/** The outcome in a sentence, with what there is to say beside the list. */
export function summary(element: HTMLElement, { program, results, fault }: ChecksEnd): readonly (string | Node)[] {
  // By the reader, whichever way it had to be done.
  if (fault !== undefined && fault.kind !== 'interrupted') return [`${fault.what} ${fault.why} ${fault.mend}`];
  if (program !== undefined) {
    return [
      make('p', '', 'Your code itself did not run to its end, so no check could run.'),
      ...failureNodes(program.failure, cellOfExercise(element)),
      ...printedNodes(program),
    ];
  }
  const count = (state: CheckResult['state']): number => results.filter((result) => result.state === state).length;
  const passed = count('passed');
  if (passed === results.length) return ['Solved: every check passes.'];
  if (count('not-run') > 0) return [`Stopped: ${count('not-run')} of ${results.length} checks did not run.`];
  const score = `${passed} of ${results.length} checks pass.`;
  if (!isUntouched(element)) return [score];
  return [`This is still the code that the exercise begins with: ${score} Change it, then check again.`];
}
