/** The trace for Perfetto: a thread for each lane, a slice for each interval, an arrow for each wake. */
import { expect, it } from 'vitest';
import { traceOf } from '../../../src/timeline/trace.ts';
import { story } from './run.ts';

interface Event {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

const { traceEvents } = JSON.parse(traceOf(story, 'run.py')) as { readonly traceEvents: readonly Event[] };
const of = (ph: string): readonly Event[] => traceEvents.filter((event) => event.ph === ph);

it('names the program and each of its threads', () => {
  const names = of('M').filter(({ name }) => name !== 'thread_sort_index');
  expect(names.map(({ args }) => args?.['name'])).toEqual(['run.py', ...story.lanes.map(({ name }) => name)]);
});

it('has slices that do not overlap within a thread, in microseconds', () => {
  const slices = of('X');
  expect(slices).toHaveLength(story.lanes.reduce((sum, { intervals }) => sum + intervals.length, 0));
  for (const [, own] of Map.groupBy(slices, ({ tid }) => tid)) {
    for (const [index, { ts = 0, dur = 0 }] of own.entries()) {
      expect(dur).toBeGreaterThanOrEqual(0);
      expect(ts + dur).toBeLessThanOrEqual((own[index + 1]?.ts ?? Infinity) + 0.001);
    }
  }
  const wait = slices.find(({ name }) => name === 'waiting for the Lock lock');
  expect(wait?.dur).toBeGreaterThan(50_000);
  expect(wait?.args).toEqual({ line: 16, 'held by': 'hold at line 11', until: 'hold woke it at line 11' });
});

it('joins each wake with who woke, and marks failures, prints and notifies that nobody heard', () => {
  const [starts, ends] = [of('s'), of('f')];
  expect(starts.length).toBeGreaterThan(5);
  expect(ends.map(({ id }) => id)).toEqual(starts.map(({ id }) => id));
  expect(of('i').map(({ name }) => name)).toEqual([
    'failed: ValueError',
    'a notify that nobody waited for at line 35',
    'prints got it',
  ]);
});
