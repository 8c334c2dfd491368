/** The timeline of one run: gathered while it runs, and shown below its output once it has come to its end. */
import type { OutputEvent } from '../../protocol/event.ts';
import type { Timeline } from '../../protocol/timeline.ts';
import { loadOnce } from '../load-once.ts';
import { say } from '../say.ts';
import type { LiveCell } from './cell.ts';

const loadView = loadOnce(() => import('../timeline/view.ts'));

export class RunTimeline {
  readonly #target: LiveCell;
  readonly #printed: OutputEvent[] = [];
  #timeline: Timeline | undefined;
  #ended = false;

  constructor(target: LiveCell) {
    this.#target = target;
  }

  push(events: readonly OutputEvent[]): void {
    this.#printed.push(...events);
  }

  /** The run has come to its end; `timeline` is absent in a Python without threads. */
  end(timeline: Timeline | undefined): void {
    this.#timeline = timeline;
    this.#ended = true;
  }

  /** After the run; nothing where it did not come to its end. `asked` says that a reader chose the timeline. */
  async show(asked: boolean): Promise<void> {
    const target = this.#target;
    if (!this.#timeline) {
      if (asked && this.#ended) say(target.element, 'No timeline: Python has no threads in this browser', true);
      return;
    }
    const { view } = target;
    try {
      const { showTimeline } = await loadView();
      // Another run may have begun meanwhile.
      if (target.view !== view || target.running) return;
      showTimeline(target, this.#timeline, this.#printed);
      if (asked) target.element.querySelector('.cell-timeline')?.scrollIntoView({ block: 'nearest' });
    } catch {
      say(target.element, 'Cannot load the timeline. Check the connection and choose it again.', true);
    }
  }
}
