/** Lanes of intervals from events: without gaps, one running at a time, each wait with what ended it. */
import { expect, it } from 'vitest';
import { storyOf, type Lane } from '../../../src/timeline/story.ts';
import { recorded, story, storyFrom } from './run.ts';

const lane = (name: string): Lane | undefined => story.lanes.find((each) => each.name === name);

it('covers each lane from its first event to its end without a gap', () => {
  expect(story.lanes.map(({ name }) => name)).toEqual(['MainThread', 'hold', 'want', 'spin', 'fail', 'take']);
  for (const { intervals, ended } of story.lanes) {
    for (const [index, interval] of intervals.entries()) {
      expect(interval.to).toBeGreaterThanOrEqual(interval.from);
      expect(intervals[index + 1]?.from ?? ended?.at).toBe(interval.to);
    }
  }
});

it('has at most one lane running at a time', () => {
  const running = story.lanes.flatMap(({ intervals }) => intervals.filter(({ state }) => state === 'running'));
  const turns = running.toSorted((a, b) => a.from - b.from);
  expect(turns.length).toBeGreaterThan(20);
  for (const [index, turn] of turns.entries()) expect(turn.to).toBeLessThanOrEqual(turns[index + 1]?.from ?? Infinity);
});

it('tells of a wait what it was for, who held that since where, and who ended it where', () => {
  const wait = lane('want')?.intervals.find((interval) => interval.wait?.kind === 'lock');
  const holder = lane('hold')?.id;
  expect(wait).toMatchObject({
    state: 'blocked',
    place: { line: 16 },
    wait: { name: 'lock', holder, held: { line: 11 } },
    woken: { by: holder, place: { line: 11 } },
  });
  expect(lane('fail')?.ended).toMatchObject({ failed: 'ValueError' });
  expect(lane('spin')?.intervals.find(({ state }) => state === 'running')?.left).toBe('preempted');
});

it('finds the lane that printed a line', () => {
  expect(story.prints).toMatchObject([{ text: 'got it', lane: lane('want')?.id }]);
});

it('names a file where it is not the program’s own', () => {
  const at = { lane: 0, at: 0.1, kind: 'sleep', thing: 'time.sleep', line: 3 } as const;
  const place = (file: string) => storyFrom(['one'], [{ what: 'waits', ...at, file }]).lanes[0]?.intervals[0]?.place;
  expect(place('/home/reader/a.py')).toEqual({ line: 3 });
  expect(place('/home/reader/other.py')).toEqual({ line: 3, file: 'other.py' });
});

it('leaves open what had not ended when the run did, and begins in the middle when the oldest events are lost', () => {
  const { lanes } = storyFrom(
    ['one', 'two'],
    [
      { what: 'waits', lane: 1, at: 1, kind: 'sleep', thing: 'time.sleep' },
      { what: 'runs', lane: 0, at: 5 },
      { what: 'ended', lane: 0, at: 6 },
    ],
    100,
  );
  expect(lanes[1]?.intervals).toMatchObject([{ state: 'blocked', from: 1, to: 6, open: true }]);
  expect(lanes[0]?.intervals).toMatchObject([{ state: 'running', from: 5, to: 6 }]);
});

it('makes nothing of nothing', () => {
  expect(storyOf({ lost: 0, lanes: [], events: [] }, { file: 'a.py', output: recorded.output }).lanes).toEqual([]);
});

it('begins where the imports end, if nothing else happened until then', () => {
  const lanes = ['MainThread', 'other'].map((name, lane) => ({ lane, name }));
  const started = { what: 'started', lane: 1, at: 1.6, by: 0 } as const;
  const [runs, ended] = [{ what: 'runs', lane: 0, at: 1 } as const, { what: 'ended', lane: 0, at: 2 } as const];
  const cut = storyOf({ lost: 0, lanes, events: [runs, started, ended], imported: 1.5 }, { file: 'a.py' });
  expect(cut).toMatchObject({ begin: 1.5, imported: 0.5 });
  expect(cut.lanes[0]?.intervals).toMatchObject([{ state: 'running', from: 1.5, to: 2 }]);
  const early = { lost: 0, lanes, events: [runs, { ...started, at: 1.2 }, ended], imported: 1.5 };
  expect(storyOf(early, { file: 'a.py' })).toMatchObject({ begin: 1, imported: 0 });
});
