/**
 * What an exercise says of the reader's code, once that has changed: the verdict is dimmed and says that it is older, and the
 * comparison with the solution follows.
 *
 * Invariant: code that is put back as it was checked has its verdict back.
 */
import { LiveCell } from '../live/cell.ts';
import { make } from '../make.ts';
import { announce } from '../say.ts';
import { part } from './parts.ts';

/** Milliseconds after the last key, before the comparison is made anew. */
const pause = 300;
const words = 'Of the code before the edit: check again.';

/** The code that was checked last, by exercise. */
const checked = new WeakMap<HTMLElement, string>();
const followed = new WeakMap<HTMLElement, () => void>();

function draw(element: HTMLElement, code: string): void {
  const outcome = element.querySelector('.exercise-outcome');
  const old = outcome !== null && checked.has(element) && checked.get(element) !== code;
  if (old === 'outdated' in element.dataset) return;
  element.toggleAttribute('data-outdated', old);
  element.querySelector('.outcome-age')?.remove();
  if (!old) return;
  outcome.prepend(make('p', 'outcome-age', words));
  announce(words);
}

/** Calls `changed` a moment after the code of the exercise has changed; of several the last one. */
export function followCode(element: HTMLElement, changed?: () => void): void {
  const first = !followed.has(element);
  followed.set(element, changed ?? followed.get(element) ?? ((): void => undefined));
  if (!first) return;
  const cell = part(element, 'py-cell');
  let timer: number | undefined;
  cell.addEventListener('source', () => {
    draw(element, LiveCell.of(cell).source);
    clearTimeout(timer);
    timer = window.setTimeout(() => followed.get(element)?.(), pause);
  });
}

/** A verdict on `code` stands there now; the reader may have gone on. */
export function verdictOn(element: HTMLElement, code: string): void {
  checked.set(element, code);
  delete element.dataset['outdated'];
  followCode(element);
  draw(element, LiveCell.of(part(element, 'py-cell')).source);
}
