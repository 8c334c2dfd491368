/** “Timeline” in the menu of each cell that runs: a run with its threads recorded, and below its output what they did. */
import { make } from '../make.ts';
import { say } from '../say.ts';
import type { LiveCell } from './cell.ts';
import { run } from './run.ts';

/** The page has no room for an entry that few choose: it comes with this code, which every menu that is opened loads. */
export function addEntries(): void {
  const menus = document.querySelectorAll('py-cell[data-live]:not([data-use]) [data-action="copy-output"]');
  for (const before of menus) {
    const entry = make('button', '', 'Timeline');
    entry.type = 'button';
    entry.dataset['action'] = 'timeline';
    before.before(entry);
  }
}

/** Runs `target` and shows what its threads did, however the run ends, as long as it comes to an end. */
export function runWithTimeline(target: LiveCell): void {
  if (target.cell.options.schedule !== undefined) {
    say(target.element, 'No timeline: under a schedule, computing takes no time', true);
    return;
  }
  if (!target.running) void run(target, true);
}
