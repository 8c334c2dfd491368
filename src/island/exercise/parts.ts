/** An exercise of this page as the live code sees it: its data, its parts, and the words it shows. Text never becomes markup. */
import type { Exercise, ExerciseData } from '../../protocol/exercise.ts';
import { answerKey } from '../kept/keys.ts';
import { recordAttempt } from '../kept/attempt.ts';
import { showProgress } from '../kept/show.ts';
import { make } from '../make.ts';
import { typographic } from '../render/typographic.ts';
import { announce } from '../say.ts';
import { forgetVerdict } from './verdict-age.ts';

/** A sentence of the author's; what stands between backticks is code. */
export const sentence = (text: string): readonly (string | Node)[] =>
  typographic(text)
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? make('code', '', piece) : piece));

/** The data of an element of one kind; the build wrote it. */
export function dataOf<Kind extends Exercise['kind']>(
  element: HTMLElement,
  kind: Kind,
): Extract<ExerciseData, { kind: Kind }> {
  const data = JSON.parse(element.dataset['exercise'] ?? '') as ExerciseData;
  if (data.kind !== kind) throw new TypeError(`The exercise ${element.id} is of kind ${data.kind}.`);
  return data as Extract<ExerciseData, { kind: Kind }>;
}

export function part(element: HTMLElement, selector: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The exercise ${element.id} has no ${selector}.`);
  return found;
}

/** The place for the reader's own words. */
export function textOf(element: HTMLElement): HTMLTextAreaElement {
  const found = element.querySelector('textarea');
  if (!found) throw new Error(`The exercise ${element.id} has no place for words.`);
  return found;
}

export function openDetails(element: HTMLElement, selector: string): void {
  part(element, selector).setAttribute('open', '');
}

/** Puts the outcome below the buttons, and speaks it once. It has no age until `verdictOn` gives it one. */
export function tell(
  element: HTMLElement,
  state: 'passed' | 'failed' | 'plain',
  ...nodes: readonly (string | Node)[]
): void {
  element.querySelector('.exercise-outcome')?.remove();
  forgetVerdict(element);
  const outcome = make('div', `exercise-outcome is-${state}`, ...nodes);
  const bars = element.querySelectorAll('.exercise-bar');
  bars[bars.length - 1]?.after(outcome);
  announce(outcome.innerText);
}

const notKept = 'This is not kept: the browser gives no room for it.';
const movedAside = 'What was kept of it before cannot be read; it was set aside.';

/** Counts an attempt, and marks the exercise when it is solved. */
export function finishAttempt(element: HTMLElement, solved: boolean): void {
  const outcome = recordAttempt(element.dataset['chapter'] ?? '', element.id, solved);
  const notes = { kept: '', 'moved-aside': movedAside, refused: solved ? notKept : '' };
  const words = [...(solved ? ['Solved'] : []), ...(notes[outcome] === '' ? [] : [notes[outcome]])];
  if (words.length === 0) return;
  const state = part(element, '.exercise-state');
  state.textContent = words.join('. ');
  state.hidden = false;
  showProgress();
}

/** Keeps what the reader has written in a text field; an empty one is forgotten. */
export function keepAnswer(element: HTMLElement): void {
  const text = textOf(element).value;
  try {
    if (text === '') localStorage.removeItem(answerKey(element.id));
    else localStorage.setItem(answerKey(element.id), text);
  } catch {
    tell(element, 'plain', notKept);
  }
}
