/**
 * Predict the output of a cell: compared by the cell's own rule, line by line. The output shows once it is predicted or the
 * reader asks for it, and then the cell is a cell like any other; until then one may try again.
 */
import type { CellData, CellOptions } from '../../protocol/cell.ts';
import { isPredicted } from '../../compare/prediction.ts';
import { predictedLines, type PredictedLine } from '../../compare/predicted-lines.ts';
import { make } from '../make.ts';
import { dataOf, finishAttempt, openDetails, part, sentence, tell, textOf } from './parts.ts';
import { verdictOn } from './verdict-age.ts';

const older = 'Of the prediction before: compare again.';

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

const disclosed = (element: HTMLElement): boolean => element.querySelector('py-cell .cell-concealed') === null;

const optionsOf = (element: HTMLElement): CellOptions =>
  (JSON.parse(part(element, 'py-cell').dataset['cell'] ?? '') as CellData).cell.options;

const words = (right: boolean | undefined): string =>
  right === undefined ? 'not compared' : right ? 'right' : 'not right';

/** The prediction as it was judged, each line with its mark. */
function marked(lines: readonly PredictedLine[]): HTMLElement {
  const list = make('ol', 'predicted');
  list.ariaLabel = 'Your prediction, line by line';
  for (const { text, right } of lines) {
    const line = make('li', '', make('code', '', text), make('span', 'predicted-word', words(right)));
    if (right !== undefined) line.dataset['state'] = right ? 'passed' : 'failed';
    list.append(line);
  }
  return list;
}

/** How much of it is right, without saying what is missing. */
function nearness(lines: readonly PredictedLine[]): string {
  const right = lines.filter((line) => line.right === true).length;
  if (lines.every((line) => line.right === undefined)) return 'Not what it prints.';
  if (right === lines.length) return 'Right as far as it goes, but it is not all that it prints.';
  return `Not what it prints: ${right} of ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} right.`;
}

/** What there is to say of a wrong prediction. */
function verdict(element: HTMLElement, prediction: string): readonly Node[] {
  const { expected, wrong } = dataOf(element, 'predict');
  const options = optionsOf(element);
  const lines = predictedLines(options, expected, prediction);
  const known = wrong.find(({ text }) => isPredicted(options, text, prediction));
  const next = disclosed(element) ? 'The output now stands below the code.' : 'Try again, or show the output.';
  return [
    make('p', '', `${nearness(lines)} ${next}`),
    marked(lines),
    ...(known ? [make('p', '', ...sentence(known.why))] : []),
  ];
}

const keepAge = (element: HTMLElement): void => {
  const answer = textOf(element).value;
  verdictOn(element, answer, () => textOf(element).value, older);
};

const isRight = (element: HTMLElement): boolean =>
  isPredicted(optionsOf(element), dataOf(element, 'predict').expected, textOf(element).value);

export function reveal(element: HTMLElement): void {
  const { value } = textOf(element);
  const judged = value.trim() !== '' && !isRight(element);
  disclose(element);
  if (judged) {
    tell(element, 'failed', ...verdict(element, value));
    keepAge(element);
  } else tell(element, 'plain', 'The output now stands below the code.');
  part(element, '.cell-output').focus();
}

export function predict(element: HTMLElement): void {
  const field = textOf(element);
  if (field.value.trim() === '') {
    tell(element, 'plain', 'Write down what it prints, then compare.');
    field.focus();
    return;
  }
  const solved = isRight(element);
  if (solved) {
    disclose(element);
    tell(element, 'passed', make('p', '', 'Right: that is what it prints. Run it to see for yourself.'));
  } else tell(element, 'failed', ...verdict(element, field.value));
  keepAge(element);
  finishAttempt(element, solved);
}
