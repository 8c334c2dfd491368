/** Shows a recorded run again with its lines at their recorded times; ends with exactly the recorded output. */
import * as v from 'valibot';
import { outputEventSchema } from '../../protocol/event.ts';
import type { LiveCell } from './cell.ts';
import { StateLine } from './state-line.ts';

const stops = new WeakMap<LiveCell, () => void>();

/** Does nothing when no replay is under way. */
export function stopReplay(target: LiveCell): void {
  stops.get(target)?.();
}

export function replay(target: LiveCell): void {
  stopReplay(target);
  const events = v.parse(v.array(outputEventSchema), JSON.parse(target.element.dataset['replay'] ?? '[]'));
  const state = new StateLine(target.element);
  state.run('Replaying');
  const view = target.newView();
  target.show(view);
  const { clock } = target.cell.options;
  const timers = events.map((event) =>
    window.setTimeout(
      () => {
        view.push([event]);
      },
      (event.at * 1000) / clock,
    ),
  );
  const stop = (): void => {
    for (const timer of timers) clearTimeout(timer);
    stops.delete(target);
    target.showRecorded();
    state.end('done');
  };
  const last = Math.max(0, ...events.map(({ at }) => at));
  timers.push(window.setTimeout(stop, (last * 1000) / clock + 50));
  stops.set(target, stop);
}
