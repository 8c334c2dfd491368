/** What an exercise says of the reader's code follows it: a verdict ages, and the comparison with the solution is made anew. */
import { LiveCell } from '../live/cell.ts';
import { part } from './parts.ts';
import { showAge } from './verdict-age.ts';

/** Milliseconds after the last key, before the comparison is made anew. */
const pause = 300;

const followed = new WeakMap<HTMLElement, () => void>();

export const codeOf = (element: HTMLElement): string => LiveCell.of(part(element, 'py-cell')).source;

/** Calls `changed` a moment after the code of the exercise has changed; of several the last one. */
export function followCode(element: HTMLElement, changed?: () => void): void {
  const first = !followed.has(element);
  followed.set(element, changed ?? followed.get(element) ?? ((): void => undefined));
  if (!first) return;
  let timer: number | undefined;
  part(element, 'py-cell').addEventListener('source', () => {
    showAge(element);
    clearTimeout(timer);
    timer = window.setTimeout(() => followed.get(element)?.(), pause);
  });
}
