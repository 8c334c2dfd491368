/**
 * “Step” in the menu of each cell that runs: its program step by step, below its code. What does it is loaded with the first.
 * It goes when its cell is run or reset.
 */
import { loadOnce } from '../load-once.ts';
import { say } from '../say.ts';
import type { LiveCell } from './cell.ts';

const loadView = loadOnce(() => import('../step/open.ts'));
const ends = new WeakMap<LiveCell, () => void>();

/** Takes a program away that is run step by step; the focus that was in it goes to `refuge`. */
export function endSteps(target: LiveCell, refuge: HTMLElement | null = target.output): void {
  const inside = target.element.querySelector('.cell-step')?.contains(document.activeElement);
  ends.get(target)?.();
  ends.delete(target);
  if (inside) refuge?.focus({ preventScroll: true });
}

/** A call that is neither in a comment nor in a text. */
const call = /^[^#'"\n]*\bbreakpoint\(/m;

/** Whether a run of the cell is to be one step by step, as far as its code tells. */
export const hasBreakpoint = (target: LiveCell): boolean =>
  target.element.dataset['use'] === undefined && call.test(target.source);

/** With `missed` the program goes on to its first `breakpoint()`; that is called if it comes to none, or cannot be stepped. */
export async function step(target: LiveCell, missed?: () => void): Promise<void> {
  if (target.running) {
    say(target.element, 'No steps: the cell runs');
    return;
  }
  try {
    const { openSteps } = await loadView();
    endSteps(target);
    const close = (): void => {
      endSteps(target, target.element.querySelector<HTMLElement>('.cell-menu summary'));
    };
    const leave =
      missed &&
      (() => {
        endSteps(target, target.button('run'));
        missed();
      });
    ends.set(target, openSteps(target, close, leave));
  } catch {
    if (missed) missed();
    else say(target.element, 'Cannot load the steps. Check the connection and choose it again.', true);
  }
}
