/**
 * A verdict is as old as what was answered: once the reader has gone on from there it is dimmed and says that it is older.
 *
 * Invariant: an answer that is put back as it was judged has its verdict back.
 */
import { make } from '../make.ts';
import { announce } from '../say.ts';

interface Judged {
  readonly answer: string;
  readonly now: () => string;
  readonly words: string;
}

/** What was judged last, by exercise. */
const judged = new WeakMap<HTMLElement, Judged>();

/** The reader has changed something, or a verdict has come: does it hold for what stands there? True when it does. */
export function showAge(element: HTMLElement): boolean {
  const last = judged.get(element);
  const outcome = element.querySelector('.exercise-outcome');
  const old = last !== undefined && outcome !== null && last.answer !== last.now();
  if (old === 'outdated' in element.dataset) return !old;
  element.toggleAttribute('data-outdated', old);
  element.querySelector('.outcome-age')?.remove();
  if (!old) return true;
  outcome.prepend(make('p', 'outcome-age', last.words));
  announce(last.words);
  return false;
}

/** A verdict on `answer` stands there now, and the reader may have gone on; `now` reads their answer as it is. */
export function verdictOn(element: HTMLElement, answer: string, now: () => string, words: string): void {
  judged.set(element, { answer, now, words });
  delete element.dataset['outdated'];
  showAge(element);
}

/** What stands there now is judged no more. */
export function forgetVerdict(element: HTMLElement): void {
  judged.delete(element);
  delete element.dataset['outdated'];
}
