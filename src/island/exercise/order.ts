/** Put lines in order: moved by buttons and keys, then compared with the nearest right order. */
import { announce } from '../say.ts';
import { make } from '../make.ts';
import { dataOf, finishAttempt, openDetails, part, sentence, tell } from './parts.ts';

const listOf = (element: HTMLElement): HTMLElement => part(element, '.order-list:not(.is-answer)');
const linesOf = (list: HTMLElement): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>(':scope > li')];

/** What was said of an earlier order holds no more. */
export function forget(list: HTMLElement): void {
  for (const line of linesOf(list)) {
    delete line.dataset['state'];
    line.querySelector('.order-word')?.remove();
  }
}

/** Moves the line of a button by one place; focus stays on the button. */
export function move(button: HTMLElement, by: -1 | 1): void {
  const line = button.closest('li');
  const list = line?.parentElement;
  if (!line || !list) return;
  const other = by < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (by < 0) other?.before(line);
  else other?.after(line);
  forget(list);
  button.focus();
  const lines = linesOf(list);
  announce(`Place ${lines.indexOf(line) + 1} of ${lines.length}`);
}

function misplaced(order: readonly number[], right: readonly number[]): readonly boolean[] {
  return order.map((place, at) => place !== right[at]);
}

export function check(element: HTMLElement): void {
  const { also, wrong } = dataOf(element, 'order');
  const list = listOf(element);
  const lines = linesOf(list);
  const order = lines.map((line) => Number(line.dataset['line']));
  const accepted = [order.map((_, at) => at), ...also];
  const count = (marks: readonly boolean[]): number => marks.filter(Boolean).length;
  // Told by the right order that is nearest to the reader's.
  const marks = accepted
    .map((right) => misplaced(order, right))
    .reduce((best, other) => (count(other) < count(best) ? other : best));
  const solved = count(marks) === 0;
  forget(list);
  for (const [at, line] of lines.entries()) {
    line.dataset['state'] = marks[at] === true ? 'failed' : 'passed';
    line.append(make('span', 'order-word', marks[at] === true ? 'misplaced' : 'right'));
  }
  const known = wrong.find((one) => one.order.join() === order.join());
  if (solved) tell(element, 'passed', make('p', '', 'Right: this is an order in which it happens.'));
  else {
    const words = make('p', '', `${count(marks)} of ${lines.length} lines are misplaced.`);
    tell(element, 'failed', words, ...(known ? [make('p', '', ...sentence(known.why))] : []));
  }
  if (solved) openDetails(element, '.exercise-solution');
  finishAttempt(element, solved);
}
