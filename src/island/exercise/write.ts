/**
 * Check: the reader's code and the checks in an interpreter of their own, each result shown as it comes.
 *
 * Invariant: whatever happens, the buttons come back.
 */
import { fileNameOf } from '../../protocol/file-name.ts';
import { runChecks } from '../../session/run-checks.ts';
import type { ChecksEnd } from '../../session/run-checks.ts';
import { LiveCell } from '../live/cell.ts';
import { clearNotice } from '../live/notice.ts';
import { session } from '../live/python.ts';
import { StateLine } from '../live/state-line.ts';
import { release, takeTurn } from '../live/turns.ts';
import { codeOf, followCode } from './follow-code.ts';
import { dataOf, finishAttempt, part, tell } from './parts.ts';
import { checkNames, showCauses, showResult, showWaiting, summary } from './results.ts';
import { forgetVerdict, verdictOn } from './verdict-age.ts';

const older = 'Of the code before the edit: check again.';

async function runIn(element: HTMLElement, target: LiveCell): Promise<ChecksEnd | undefined> {
  const state = new StateLine(target.element);
  session.expectPrograms();
  session.warm();
  if (!(await takeTurn(target))) {
    state.end('done');
    return undefined;
  }
  const started = (): void => {
    if (session.state.phase === 'ready' && !state.began) state.run('Checking');
  };
  const unsubscribe = session.subscribe(started);
  started();
  try {
    const { clock, net, packages, timeout } = target.cell.options;
    return await runChecks(
      session,
      {
        source: target.source,
        filename: fileNameOf(target.cell),
        clock,
        net,
        packages,
        timeout,
        checkSource: dataOf(element, 'write').checkSource,
        names: checkNames(element),
        stopAtFailure: false,
      },
      (result) => {
        showResult(element, result);
      },
    );
  } finally {
    unsubscribe();
    release();
    state.end('done');
  }
}

function conclude(element: HTMLElement, end: ChecksEnd, untouched: boolean): void {
  for (const result of end.results) showResult(element, result);
  showCauses(element, end, dataOf(element, 'write').wrong);
  const solved = end.results.every(({ state }) => state === 'passed');
  const judged = end.program !== undefined || end.results.every(({ state }) => state !== 'not-run');
  // The code as it was given is no attempt.
  const attempt = judged && (solved || !untouched || end.program !== undefined);
  tell(element, solved ? 'passed' : attempt ? 'failed' : 'plain', ...summary(element, end));
  if (attempt && end.fault === undefined) finishAttempt(element, solved);
}

export async function check(element: HTMLElement): Promise<void> {
  const cell = part(element, 'py-cell');
  const button = part(element, '[data-exercise-action="check"]');
  if (!('live' in cell.dataset)) {
    tell(element, 'plain', `Cannot be checked here. ${cell.querySelector('.cell-reason')?.textContent ?? ''}`);
    return;
  }
  const target = LiveCell.of(cell);
  if (target.running) return;
  clearNotice(cell);
  const { source } = target;
  element.querySelector('.exercise-outcome')?.remove();
  forgetVerdict(element);
  const untouched = !target.edited;
  showWaiting(element, untouched);
  // Not `disabled`, which would lose the focus.
  button.ariaDisabled = 'true';
  const checking = runIn(element, target);
  target.running = checking.then(() => false);
  target.toggleButtons();
  try {
    const end = await checking;
    if (end) {
      conclude(element, end, untouched);
      followCode(element);
      verdictOn(element, source, () => codeOf(element), older);
    } else tell(element, 'plain', 'Not checked: it was stopped before it was its turn.');
  } finally {
    target.running = undefined;
    target.toggleButtons();
    button.ariaDisabled = null;
  }
}
