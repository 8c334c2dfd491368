/** Put lines in order: moved by buttons and keys, then compared with the nearest right order. */
import { announce } from '../say.ts';
import { make } from '../make.ts';
import { dataOf, finishAttempt, openDetails, part, sentence, tell } from './parts.ts';
import { showAge, verdictOn } from './verdict-age.ts';

const listOf = (element: HTMLElement): HTMLElement => part(element, '.order-list:not(.is-answer)');
const linesOf = (list: HTMLElement): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>(':scope > li')];

const orderOf = (list: HTMLElement): string =>
  linesOf(list)
    .map(({ dataset }) => dataset['line'])
    .join();

const older = 'Of the order before: check again.';

/** Marks by the place of a line in its right order; shown while the lines stand as they were judged. */
const judged = new WeakMap<HTMLElement, ReadonlyMap<string, boolean>>();

function showMarks(list: HTMLElement, marks: ReadonlyMap<string, boolean>): void {
  for (const line of linesOf(list)) {
    const misplaced = marks.get(line.dataset['line'] ?? '');
    delete line.dataset['state'];
    line.querySelector('.order-word')?.remove();
    if (misplaced === undefined) continue;
    line.dataset['state'] = misplaced ? 'failed' : 'passed';
    line.append(make('span', 'order-word', misplaced ? 'misplaced' : 'right'));
  }
}

/** After a line has moved: what was said of an earlier order does not hold for this one. */
export function moved(list: HTMLElement): void {
  const element = list.closest<HTMLElement>('py-exercise');
  if (element)
    showMarks(list, showAge(element) ? (judged.get(list) ?? new Map<string, boolean>()) : new Map<string, boolean>());
}

/** Moves the line of a button by one place; focus stays on the button. */
export function move(button: HTMLElement, by: -1 | 1): void {
  const line = button.closest('li');
  const list = line?.parentElement;
  if (!line || !list) return;
  const other = by < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (by < 0) other?.before(line);
  else other?.after(line);
  moved(list);
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
  judged.set(list, new Map(order.map((line, at) => [String(line), marks[at] === true])));
  const known = wrong.find((one) => one.order.join() === order.join());
  if (solved) tell(element, 'passed', make('p', '', 'Right: this is an order in which it happens.'));
  else {
    const words = make('p', '', `${count(marks)} of ${lines.length} lines are misplaced.`);
    tell(element, 'failed', words, ...(known ? [make('p', '', ...sentence(known.why))] : []));
  }
  verdictOn(element, orderOf(list), () => orderOf(list), older);
  moved(list);
  if (solved) openDetails(element, '.exercise-solution');
  finishAttempt(element, solved);
}
