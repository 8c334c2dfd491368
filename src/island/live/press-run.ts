/**
 * A press on Run. Two presses within a second are one run.
 *
 * Invariant: in that second Stop does not take the place of Run, under the finger or the focus.
 */
import type { LiveCell } from './cell.ts';
import { run } from './run.ts';

const once = 1000;
const timers = new WeakMap<LiveCell, number>();

export function pressRun(target: LiveCell): void {
  // What was edited meanwhile is another run.
  if (target.running || target.pressed === target.source) return;
  clearTimeout(timers.get(target));
  target.pressed = target.source;
  timers.set(
    target,
    window.setTimeout(() => {
      target.pressed = undefined;
    }, once),
  );
  void run(target);
}
