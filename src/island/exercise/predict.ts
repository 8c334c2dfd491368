/** Predict the output of a cell: compared by the cell's own rule; then the output shows and the cell is a cell like any other. */
import type { CellData } from '../../protocol/cell.ts';
import { isPredicted } from '../../compare/prediction.ts';
import { make } from '../make.ts';
import { dataOf, finishAttempt, openDetails, part, sentence, tell, textOf } from './parts.ts';

/** Opens what was closed; the cell can be edited and run from now on. */
function disclose(element: HTMLElement): void {
  const cell = part(element, 'py-cell');
  const closed = cell.querySelector('.cell-concealed');
  if (!closed) return;
  closed.querySelector('summary')?.remove();
  closed.replaceWith(...closed.childNodes);
  if (cell.querySelector('[data-action="run"]')) cell.dataset['live'] = '';
  openDetails(element, '.exercise-solution');
  part(element, '[data-exercise-action="reveal"]').hidden = true;
}

export function reveal(element: HTMLElement): void {
  disclose(element);
  tell(element, 'plain', 'The output now stands below the code.');
  part(element, '.cell-output').focus();
}

export function predict(element: HTMLElement): void {
  const { expected, wrong } = dataOf(element, 'predict');
  const field = textOf(element);
  if (field.value.trim() === '') {
    tell(element, 'plain', 'Write down what it prints, then compare.');
    field.focus();
    return;
  }
  const { cell } = JSON.parse(part(element, 'py-cell').dataset['cell'] ?? '') as CellData;
  const solved = isPredicted(cell.options, expected, field.value);
  const known = solved ? undefined : wrong.find(({ text }) => isPredicted(cell.options, text, field.value));
  disclose(element);
  if (solved) tell(element, 'passed', make('p', '', 'Right: that is what it prints. Run it to see for yourself.'));
  else {
    const words = make('p', '', 'Not what it prints: the output now stands below the code.');
    tell(element, 'failed', words, ...(known ? [make('p', '', ...sentence(known.why))] : []));
  }
  finishAttempt(element, solved);
}
