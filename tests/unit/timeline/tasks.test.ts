/** Tasks inside the thread whose event loop runs them: in lanes, sentences, the picture and the trace. */
import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../../../src/protocol/timeline.ts';
import { layOut } from '../../../src/timeline/layout.ts';
import { sentencesOf } from '../../../src/timeline/sentences.ts';
import { storyOf, type Story } from '../../../src/timeline/story.ts';
import { svgOf } from '../../../src/timeline/svg.ts';
import { tableOf } from '../../../src/timeline/table.ts';
import { traceOf } from '../../../src/timeline/trace.ts';
import { waitGraphOf } from '../../../src/timeline/wait-graph.ts';
import { tasks } from './run.ts';

const lane = (name: string) => tasks.lanes.find((each) => each.name === name);

/** One thread, and tasks of those names in it. */
function loopOf(names: readonly string[], events: readonly TimelineEvent[]): Story {
  const lanes = names.map((name, place) => ({ lane: place + 1, name, kind: 'task' as const, in: 0 }));
  return storyOf({ lost: 0, lanes: [{ lane: 0, name: 'MainThread' }, ...lanes], events }, { file: 'a.py' });
}

const sleep = { what: 'waits', kind: 'sleep', thing: 'asyncio.sleep(1)' } as const;

describe('a run of tasks', () => {
  it('has them behind their thread, each without a gap and one at a time', () => {
    expect(tasks.lanes.map(({ name }) => name)).toEqual([
      'MainThread',
      'Task-1 (main)',
      'tick',
      'Task-2 (fail)',
      'Task-3 (take)',
      'first',
      'second',
    ]);
    const [main, ...inner] = tasks.lanes;
    for (const { inside, intervals, ended } of inner) {
      expect(inside).toBe(main?.id);
      for (const [index, { from, to }] of intervals.entries()) {
        expect(to).toBeGreaterThanOrEqual(from);
        expect(intervals[index + 1]?.from ?? ended?.at).toBe(to);
      }
    }
    const running = inner.flatMap(({ intervals }) => intervals.filter(({ state }) => state === 'running'));
    const turns = running.toSorted((a, b) => a.from - b.from);
    expect(turns.length).toBeGreaterThan(10);
    for (const [index, turn] of turns.entries())
      expect(turn.to).toBeLessThanOrEqual(turns[index + 1]?.from ?? Infinity);
  });

  it('tells what each awaited at which line, who had it, and who ended the wait', () => {
    expect(lane('second')?.intervals.find(({ wait }) => wait?.kind === 'lock')).toMatchObject({
      place: { line: 8 },
      wait: { name: 'lock', holder: lane('first')?.id, held: { line: 8 } },
      woken: { by: lane('first')?.id },
    });
    expect(lane('Task-3 (take)')?.intervals.find(({ wait }) => wait)).toMatchObject({
      place: { line: 24 },
      wait: { call: 'Queue.get', name: 'queue' },
      woken: { by: lane('Task-1 (main)')?.id, place: { line: 38 } },
    });
    expect(lane('tick')?.ended?.failed).toBe('cancelled');
  });

  it('says what is worth seeing, of the one that kept the loop from the others too', () => {
    expect(sentencesOf(tasks)).toEqual([
      '1 thread and 6 tasks in 0.27 s. The thread ran for 78 ms; for 0.19 s it waited. 17 switches between tasks.',
      'tick was cancelled while it waited for `asyncio.sleep(0.03)` at line 19, because its event loop ended.',
      'Task-2 (fail) ended with ValueError, and nobody asked for its result.',
      'second waited 52 ms for the Lock `lock` that first held at line 8.',
      'Task-3 (take) waited 0.19 s for an item of the Queue `queue`, until Task-1 (main) woke it at line 38.',
      'Task-1 (main) never yielded for 80 ms, most of it in `time.sleep` at line 37, while tick was ready.',
    ]);
  });

  it('gives a printed line to the task that was in its turn', () => {
    const took = tasks.prints.find(({ text }) => text === 'took 1');
    expect(took?.lane).toBe(lane('Task-3 (take)')?.id);
  });

  it('leads in the table from a wait to the row of the task that ended it', () => {
    const rows = tableOf(tasks);
    const wait = rows.find((row) => row.lane === 'Task-3 (take)' && row.state === 'Waiting');
    expect(wait?.words).toBe('at line 24 for an item of the Queue `queue`');
    expect(rows[wait?.waker ?? -1]).toMatchObject({ lane: 'Task-1 (main)', state: 'Running' });
  });

  it.each([960, 360])('is drawn as a group behind whose names stand further in (%d)', (width) => {
    const layout = layOut(tasks, { width });
    const [group, ...more] = layout.groups;
    expect(more).toEqual([]);
    for (const { y } of layout.rows) {
      expect(y).toBeGreaterThan(group?.y ?? Infinity);
      expect(y + 16).toBeLessThanOrEqual((group?.y ?? 0) + (group?.height ?? 0));
    }
    const svg = svgOf(tasks, layout, { title: 'A run', prefix: 'one' });
    const left = (name: string) => Number(new RegExp(`<text x="(\\d+)"[^>]*>${name}</text>`).exec(svg)?.[1]);
    expect(left('tick')).toBeGreaterThan(left('MainThread'));
    expect(svg).toContain('>blocks: sleep</text>');
  });

  it('is in the trace with arrows between tasks', () => {
    const { traceEvents } = JSON.parse(traceOf(tasks, 'A run')) as {
      readonly traceEvents: readonly { readonly ph: string; readonly name: string; readonly tid: number }[];
    };
    const tid = (name: string) => (lane(name)?.id ?? NaN) + 1;
    expect(traceEvents).toContainEqual(expect.objectContaining({ ph: 's', name: 'wakes', tid: tid('first') }));
    expect(traceEvents).toContainEqual(expect.objectContaining({ ph: 'f', name: 'wakes', tid: tid('second') }));
  });
});

describe('a turn of a task', () => {
  it('goes on while its thread is preempted, and is no turn of another', () => {
    const story = loopOf(
      ['long', 'other'],
      [
        { what: 'runs', lane: 0, at: 0 },
        { what: 'started', lane: 1, at: 0, by: 0 },
        { what: 'started', lane: 2, at: 0, by: 0 },
        { what: 'runs', lane: 1, at: 0 },
        { what: 'left', lane: 0, at: 0.04, why: 'preempted' },
        { what: 'runs', lane: 0, at: 0.05 },
        { ...sleep, lane: 1, at: 0.09 },
        { what: 'runs', lane: 2, at: 0.09 },
        { what: 'ended', lane: 2, at: 0.1 },
        { what: 'ended', lane: 0, at: 0.1 },
      ],
    );
    expect(story.lanes[1]?.intervals.map(({ state, within }) => [state, within])).toEqual([
      ['ready', undefined],
      ['running', undefined],
      ['ready', true],
      ['running', true],
      ['blocked', undefined],
    ]);
    expect(sentencesOf(story)).toContain('long never yielded for 90 ms, while other was ready.');
    expect(story.turns).toBe(1);
  });

  it('comes late for one that was due while another had the loop', () => {
    const { lanes } = loopOf(
      ['late', 'busy'],
      [
        { what: 'runs', lane: 0, at: 0 },
        { ...sleep, lane: 1, at: 0 },
        { what: 'runs', lane: 2, at: 0 },
        { ...sleep, lane: 2, at: 0.3 },
        { what: 'ready', lane: 1, at: 0.3, how: 'timeout', due: 0.1 },
        { what: 'runs', lane: 1, at: 0.31 },
        { what: 'ended', lane: 0, at: 0.4 },
      ],
    );
    expect(lanes[1]?.intervals).toMatchObject([
      { state: 'blocked', from: 0, to: 0.1 },
      { state: 'ready', from: 0.1, to: 0.31 },
      { state: 'running', from: 0.31 },
    ]);
  });
});

it('does not show the only task of a run if it never waits', () => {
  const events: readonly TimelineEvent[] = [
    { what: 'runs', lane: 0, at: 0 },
    { what: 'started', lane: 1, at: 0, by: 0 },
    { what: 'runs', lane: 1, at: 0 },
    { what: 'ended', lane: 1, at: 1 },
    { what: 'ended', lane: 0, at: 1 },
  ];
  expect(loopOf(['cell'], events).lanes.map(({ name }) => name)).toEqual(['MainThread']);
});

it('shows in a circle tasks that waited for each other when the run could not go on', () => {
  const lock = { what: 'waits', kind: 'lock', thing: 'a Lock' } as const;
  const story = loopOf(
    ['left', 'right'],
    [
      { what: 'runs', lane: 0, at: 0 },
      { ...lock, lane: 1, at: 0.1, object: 1, name: 'b', holder: 2, held: 5, line: 6 },
      { ...lock, lane: 2, at: 0.1, object: 2, name: 'a', holder: 1, held: 3, line: 4 },
      { what: 'waits', lane: 0, at: 0.1, kind: 'other', thing: 'an event', call: 'run', line: 9 },
      { what: 'ready', lane: 0, at: 0.2, how: 'signal' },
      { what: 'runs', lane: 0, at: 0.2 },
      { what: 'ready', lane: 1, at: 0.21, how: 'leftover', by: 0 },
      { what: 'ready', lane: 2, at: 0.21, how: 'leftover', by: 0 },
      { what: 'ended', lane: 1, at: 0.22, failed: 'cancelled' },
      { what: 'ended', lane: 2, at: 0.23, failed: 'cancelled' },
      { what: 'ended', lane: 0, at: 0.3, failed: 'deadlock' },
    ],
  );
  expect(sentencesOf(story)).toEqual([
    '1 thread and 2 tasks in 0.3 s. The thread ran for 0.2 s; for 0.1 s it waited. 0 switches between tasks.',
    'left and right wait for each other: none of them can ever go on.',
    'MainThread still waited for work for its event loop when the run ended at line 9.',
    'left still waited for the Lock `b` that right held at line 5 when the run ended at line 6.',
    'right still waited for the Lock `a` that left held at line 3 when the run ended at line 4.',
    'MainThread ended with a deadlock.',
  ]);
  expect(waitGraphOf(story)?.edges.every(({ circle }) => circle)).toBe(true);
});

it('folds the tasks of one loop into a band, and says what they are', () => {
  const names = Array.from({ length: 20 }, (_, index) => `Task-${index} (fetch)`);
  const events = names.flatMap((_, index): TimelineEvent[] => [
    { what: 'started', lane: index + 1, at: 0, by: 0 },
    { what: 'runs', lane: index + 1, at: index },
    { what: 'ended', lane: index + 1, at: index + 0.5 },
  ]);
  const story = loopOf(names, [{ what: 'runs', lane: 0, at: 0 }, ...events]);
  const layout = layOut(story, { width: 960 });
  expect(layout.rows).toMatchObject([{ kind: 'lane' }, { kind: 'band', name: 'Task-… (fetch)', inner: true }]);
  const svg = svgOf(story, layout, { title: 'A run', prefix: 'one' });
  expect(svg).toContain('Task-… (fetch): 20 tasks; the height is');
});

it('does not take for stuck a daemon thread of a library that waits for work at a lock of its own', () => {
  const lanes = ['MainThread', 'Trio thread 0'].map((name, lane) => ({ lane, name }));
  const events: readonly TimelineEvent[] = [
    { what: 'runs', lane: 0, at: 0 },
    { what: 'started', lane: 1, at: 0, by: 0, daemon: true },
    { what: 'runs', lane: 1, at: 0.001 },
    { what: 'waits', lane: 1, at: 0.002, kind: 'lock', thing: 'a Lock', object: 1, holder: 1 },
    { what: 'runs', lane: 0, at: 0.002 },
    { what: 'ended', lane: 0, at: 0.003 },
  ];
  const story = storyOf({ lost: 0, lanes, events }, { file: 'a.py' });
  expect(sentencesOf(story).slice(1)).toEqual([]);
});
