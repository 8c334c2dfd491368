/** The list of checks: each sentence with its state in a word, and with what failed below it. */
import type { CheckResult, ChecksEnd } from '../../session/run-checks.ts';
import { failureNodes, printedNodes } from './failure.ts';
import { cellOfFile } from '../live/cell-files.ts';
import type { CellOf } from '../live/span-nodes.ts';
import { make } from '../make.ts';
import { part, sentence } from './parts.ts';

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

function mark(item: HTMLElement, state: keyof typeof words, ...details: readonly Node[]): void {
  item.dataset['state'] = state;
  for (const old of item.querySelectorAll('.check-word, .check-details')) old.remove();
  if (words[state] !== '') item.querySelector('.check-mark')?.after(make('strong', 'check-word', words[state]));
  if (details.length > 0) item.append(make('div', 'check-details', ...details));
}

export function showWaiting(element: HTMLElement): void {
  for (const item of element.querySelectorAll<HTMLElement>('[data-check]')) mark(item, 'waiting');
}

export function showResult(element: HTMLElement, result: CheckResult): void {
  const item = itemOf(element, result.name);
  if (!item) return;
  const details =
    result.state === 'failed'
      ? [...failureNodes(result.failure, cellOfExercise(element)), ...printedNodes(result)]
      : [];
  mark(item, result.state, ...details);
}

/** Below the first check that fails: what answers that fail there often miss. */
export function showCauses(
  element: HTMLElement,
  { results }: ChecksEnd,
  wrong: readonly { readonly fails: string; readonly why: string }[],
): void {
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
  return [`${passed} of ${results.length} checks pass.`];
}
