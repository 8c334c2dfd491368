/**
 * A press on Run. Two presses within a second are one run. Code that calls `breakpoint()` runs step by step from there on.
 *
 * Invariant: in that second Stop does not take the place of Run, under the finger or the focus.
 */
import type { LiveCell } from './cell.ts';
import { run } from './run.ts';
import { hasBreakpoint, step } from './step.ts';

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
  const runs = (): void => {
    void run(target);
  };
  if (hasBreakpoint(target)) void step(target, runs);
  else runs();
}
