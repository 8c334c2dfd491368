/** Runs as the kernel told them: `run.json` is what `run.py` left, once, in Chromium, and `tasks.json` what `tasks.py` did; and events for lanes made by hand. */
import { readFileSync } from 'node:fs';
import type { OutputEvent } from '../../../src/protocol/event.ts';
import type { Timeline, TimelineEvent } from '../../../src/protocol/timeline.ts';
import { storyOf, type Story } from '../../../src/timeline/story.ts';

interface Recorded {
  readonly output: readonly OutputEvent[];
  readonly timeline: Timeline;
}

const read = (name: string): Recorded =>
  JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Recorded;

export const recorded = read('run');
export const story: Story = storyOf(recorded.timeline, { file: 'run.py', output: recorded.output });
const withTasks = read('tasks');
export const tasks: Story = storyOf(withTasks.timeline, { file: 'tasks.py', output: withTasks.output });

/** A story of lanes that have those names, in that order. */
export function storyFrom(names: readonly string[], events: readonly TimelineEvent[], lost = 0): Story {
  const lanes = names.map((name, lane) => ({ lane, name }));
  return storyOf({ lost, lanes, events }, { file: 'a.py' });
}

/** So many threads that take turns for a millisecond each: four events a turn. */
export function crowd(threads: number, turns: number): Story {
  const events: TimelineEvent[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const [lane, at] = [turn % threads, turn / 1000];
    const by = (lane + threads - 1) % threads;
    if (turn >= threads) events.push({ what: 'ready', lane, at, by, line: 5 });
    events.push({ what: 'runs', lane, at });
    const lock = { kind: 'lock', thing: 'a Lock', object: 1, name: 'lock', holder: by, held: 3, line: 4 } as const;
    events.push({ what: 'waits', lane, at: at + 0.0009, ...lock });
  }
  return storyFrom(
    Array.from({ length: threads }, (_, lane) => `worker-${lane}`),
    events,
  );
}
