/**
 * The steps of a schedule as a table. A row that is chosen, by a click or by its button, marks its line in the code.
 *
 * Invariant: of the rows' buttons one is in the order of Tab; the arrow keys lead to the others.
 */
import type { Replayed } from '../../protocol/exploration.ts';
import { stepsOf, type Step } from '../../schedules/tell.ts';
import { make } from '../make.ts';
import { stopWhileScrolling } from '../tab-stop.ts';

/** As many as Python keeps. */
const MOST = 400;

const heads = ['Thread', 'Line', 'What happens'];

/** Undefined for no line. */
type OnChoice = (step: Step | undefined) => void;

const keys: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** `file` is that of the cell itself: lines of others are shown with theirs. */
export function stepsView(replayed: Replayed, file: string, onChoice: OnChoice): HTMLElement {
  const { steps, left } = stepsOf(replayed, MOST);
  const buttons: HTMLButtonElement[] = [];
  const choose = (button: HTMLButtonElement, step: Step): void => {
    const on = button.ariaPressed !== 'true';
    for (const other of buttons) {
      other.ariaPressed = String(other === button && on);
      other.tabIndex = other === button ? 0 : -1;
      other.closest('tr')?.classList.toggle('is-chosen', other === button && on);
    }
    onChoice(on ? step : undefined);
  };
  const row = (step: Step): HTMLTableRowElement => {
    const place = make('td', 'find-line');
    const what = make('td', '', step.ran ? make('code', '', step.words) : step.words);
    const element = make('tr', step.ran ? '' : 'find-switch', make('td', '', step.thread), place, what);
    const { line } = step;
    if (line === undefined) return element;
    const words = step.file === undefined || step.file === file ? String(line) : `${step.file}:${String(line)}`;
    const button = make('button', '', words);
    button.type = 'button';
    button.ariaLabel = `Line ${words}`;
    button.ariaPressed = 'false';
    button.tabIndex = buttons.length === 0 ? 0 : -1;
    buttons.push(button);
    place.append(button);
    element.addEventListener('click', () => {
      choose(button, step);
    });
    button.addEventListener('keydown', (event) => {
      const to = keys[event.key]?.(buttons.indexOf(button), buttons.length - 1);
      if (to === undefined) return;
      event.preventDefault();
      const next = buttons[to];
      next?.focus();
      if (next && next !== button) next.click();
    });
    return element;
  };
  const head = make('tr', '');
  for (const words of heads) head.append(Object.assign(make('th', '', words), { scope: 'col' }));
  const table = make('table', '', make('thead', '', head), make('tbody', '', ...steps.map(row)));
  const box = make('div', 'find-steps', table);
  stopWhileScrolling(box);
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', 'Steps of the schedule');
  const note = left > 0 ? `${left.toLocaleString('en-GB')} steps before these are left out. ` : '';
  const hint = 'Choose a row to mark its line in the code; the arrow keys lead from row to row.';
  return make('div', '', make('p', 'find-note', note + hint), box);
}
