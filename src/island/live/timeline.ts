/**
 * “Timeline” in the menu of each cell that runs: a run with its threads recorded, and below its output what they did.
 *
 * What shows a timeline is loaded with the first. A timeline goes when its cell is run again or reset.
 */
import type { OutputEvent } from '../../protocol/event.ts';
import type { Timeline } from '../../protocol/timeline.ts';
import { loadOnce } from '../load-once.ts';
import { make } from '../make.ts';
import { say } from '../say.ts';
import type { LiveCell } from './cell.ts';
import { run } from './run.ts';

const loadView = loadOnce(() => import('../timeline/view.ts'));

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

async function show(target: LiveCell, timeline: Timeline, output: readonly OutputEvent[]): Promise<void> {
  const view = target.view;
  try {
    const { showTimeline } = await loadView();
    // Another run may have begun meanwhile.
    if (target.view !== view || target.running) return;
    showTimeline(target, timeline, output);
    target.element.querySelector('.cell-timeline')?.scrollIntoView({ block: 'nearest' });
  } catch {
    say(target.element, 'Cannot load the timeline. Check the connection and choose it again.', true);
  }
}

/** Runs `target` and shows what its threads did, however the run ends, as long as it comes to an end. */
export async function runWithTimeline(target: LiveCell): Promise<void> {
  if (target.running) return;
  const seen: { readonly timeline: Timeline | undefined; readonly output: readonly OutputEvent[] }[] = [];
  await run(target, (timeline, output) => seen.push({ timeline, output }));
  const [end] = seen;
  if (end?.timeline) await show(target, end.timeline, end.output);
  else if (end) say(target.element, 'No timeline: Python has no threads in this browser', true);
}
