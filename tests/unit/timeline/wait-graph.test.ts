/** Who waits for whom when nothing can go on: circles found, whoever waits into them told apart, and nothing drawn of a run that ended well. */
import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../../../src/protocol/timeline.ts';
import { sentencesOf } from '../../../src/timeline/sentences.ts';
import type { Story } from '../../../src/timeline/story.ts';
import { waitGraphOf } from '../../../src/timeline/wait-graph.ts';
import { waitGraphSvg } from '../../../src/timeline/wait-graph-svg.ts';
import { story, storyFrom } from './run.ts';

const names = ['MainThread', 'one', 'two', 'three'];
const lock = { what: 'waits', kind: 'lock', thing: 'a Lock', line: 9 } as const;
const started = (lane: number): TimelineEvent => ({ what: 'started', lane, at: 0.1, by: 0, line: 1 });
/** `lane` waits for lock number `object`, which `holder` took. */
const wants = (lane: number, object: number, holder: number, at = 0.2): TimelineEvent => ({
  ...lock,
  lane,
  at,
  object,
  name: `lock_${object}`,
  holder,
  held: 4 + holder,
});
const dead: TimelineEvent = { what: 'ended', lane: 0, at: 1, failed: 'deadlock' };
const begin: TimelineEvent = { what: 'runs', lane: 0, at: 0 };

/** `one → two*` for each edge, with a star where it is part of a circle. */
function edges(of: Story): readonly string[] {
  const graph = waitGraphOf(of);
  const name = (place: number) => graph?.nodes[place]?.lane.name ?? '';
  return graph?.edges.map(({ from, to, circle }) => `${name(from)} → ${name(to)}${circle ? '*' : ''}`) ?? [];
}

it('finds a circle of three, and who waits for one of them outside of it', () => {
  const run = storyFrom(names, [
    begin,
    ...[1, 2, 3].map(started),
    ...[wants(1, 20, 2), wants(2, 30, 3), wants(3, 10, 1)],
    { what: 'waits', lane: 0, at: 0.3, kind: 'join', thing: 'the end of two', line: 12 },
    dead,
  ]);
  expect(edges(run)).toEqual(['MainThread → two', 'one → two*', 'two → three*', 'three → one*']);
  expect(waitGraphOf(run)?.nodes.map(({ lane }) => lane.name)).toEqual(['one', 'two', 'three', 'MainThread']);
  expect(sentencesOf(run)).toContain(
    'one, two and three wait in a circle, each for the next: none of them can ever go on.',
  );
});

it('finds a thread that waits for a lock of its own', () => {
  const run = storyFrom(names, [begin, wants(0, 5, 0), dead]);
  expect(edges(run)).toEqual(['MainThread → MainThread*']);
  expect(sentencesOf(run)).toContain('MainThread waits for itself: it can never go on.');
});

it('knows who has the lock now, if who had it when the wait began has given it away', () => {
  const run = storyFrom(names, [
    begin,
    ...[1, 2].map(started),
    wants(1, 5, 0, 0.2),
    wants(2, 5, 0, 0.3),
    { what: 'ready', lane: 1, at: 0.4, by: 0 },
    { what: 'runs', lane: 1, at: 0.4 },
    { what: 'waits', lane: 1, at: 0.5, kind: 'notification', thing: 'a Lock', call: 'Event.wait', line: 7 },
    { what: 'waits', lane: 0, at: 0.6, kind: 'join', thing: 'the end of two', line: 12 },
    dead,
  ]);
  expect(edges(run)).toEqual(['MainThread → two', 'two → one']);
  const [main, two, one] = waitGraphOf(run)?.nodes ?? [];
  expect([main, two, one].map((node) => node?.lane.name)).toEqual(['MainThread', 'two', 'one']);
  // Where it took the lock nobody has recorded.
  expect(one?.holds.map(({ since }) => since)).toEqual([undefined]);
});

it('draws nothing of a run that ended well, nor of one that was stopped while somebody worked', () => {
  expect(waitGraphOf(story)).toBeUndefined();
  const stopped = storyFrom(names, [
    begin,
    started(1),
    { what: 'waits', lane: 0, at: 0.2, kind: 'join', thing: 'the end of one', line: 12 },
    { what: 'runs', lane: 1, at: 0.3 },
  ]);
  expect(waitGraphOf(stopped)).toBeUndefined();
});

it('shows those of a circle and a few more, and counts the rest', () => {
  const crowd = Array.from({ length: 1000 }, (_, lane) => `worker-${lane}`);
  const run = storyFrom(crowd, [
    begin,
    ...crowd.slice(1).map((_, index) => started(index + 1)),
    ...crowd.slice(1).map((_, index) => wants(index + 1, 1, 0)),
    wants(0, 2, 1),
    dead,
  ]);
  const graph = waitGraphOf(run);
  expect(graph?.nodes).toHaveLength(12);
  expect(graph?.edges.filter(({ circle }) => circle)).toHaveLength(2);
  expect(graph?.more).toBe(988);
  expect(graph && waitGraphSvg(graph, run, { width: 320, title: 'Many', prefix: 'one' })).toContain('988 more threads');
});

describe('the picture', () => {
  const hostile = '</text><script>alert(1)</script>\u0000"&';
  const run = storyFrom([hostile, 'one'], [begin, started(1), wants(0, 1, 1), wants(1, 2, 0), dead]);
  const draw = (width: number): string => {
    const graph = waitGraphOf(run);
    return graph ? waitGraphSvg(graph, run, { width, title: 'A & B', prefix: 'one' }) : '';
  };

  it('never lets a name become markup', () => {
    expect(draw(680)).not.toContain('<script');
    expect(draw(680)).not.toContain('\u0000');
    expect(draw(680)).toContain('<title id="one-waits">A &amp; B</title>');
  });

  it.each([280, 320, 680])('stays within %i, arrows and all', (width) => {
    const svg = draw(width);
    for (const [, x] of svg.matchAll(/[MH](\d+(?:\.\d+)?)/g)) expect(Number(x)).toBeLessThan(width);
    for (const [, wide] of svg.matchAll(/<rect [^>]* width="(\d+)"/g)) expect(Number(wide)).toBeLessThan(width);
  });
});
