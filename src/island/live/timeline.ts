/** “Timeline” in the menu of each cell that runs: a run with its threads recorded, and below its output what they did. */
import { say } from '../say.ts';
import type { LiveCell } from './cell.ts';
import { run } from './run.ts';

/** Runs `target` and shows what its threads and tasks did, however the run ends, as long as it comes to an end. */
export function runWithTimeline(target: LiveCell): void {
  if (target.cell.options.schedule !== undefined) {
    say(target.element, 'No timeline: under a schedule, computing takes no time', true);
    return;
  }
  if (!target.running) void run(target, true);
}
