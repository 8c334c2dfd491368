/** What a search says: exactly what it covered, and who goes on at each step. */
import { describe, expect, it } from 'vitest';
import type { Covered, Replayed, Row } from '../../../src/protocol/exploration.ts';
import { stepsOf, toldCovered, toldPhase, toldVerdict } from '../../../src/schedules/tell.ts';

const covered = (some: Partial<Covered>): Covered => ({ random: 0, bounds: [], tried: [], pct: 0, ...some });

describe('a verdict says', () => {
  it.each([
    [
      covered({ random: 60, bounds: [2, 40, 1_202], pct: 300 }),
      1_605,
      'All 1,244 schedules with at most 2 preemptions hold. Tried besides, and not all there are: 60 at random, 300 by priorities (PCT). 1,605 runs.',
    ],
    [covered({ random: 60, bounds: [1, 4, 0] }), 66, 'All 5 schedules that there are hold. 66 runs.'],
    [covered({ random: 60, bounds: [1, 0] }), 62, 'The only schedule that there is holds. 62 runs.'],
    [covered({ bounds: [1] }), 1, 'The only schedule without a preemption holds. 1 run.'],
    [
      covered({ random: 60, bounds: [7, 20], tried: [5] }),
      93,
      'All 27 schedules with at most 1 preemption hold. Tried besides, and not all there are: 5 with 2 preemptions, 60 at random. 93 runs.',
    ],
    [
      covered({ random: 3 }),
      4,
      'Not even the schedules without a preemption could all be tried. Tried besides, and not all there are: 3 at random. 4 runs.',
    ],
  ])('what was covered, and no more', (which, runs, words) => {
    expect(toldCovered(runs, which)).toBe(words);
  });

  it('what a search does now', () => {
    const at = (phase: 'bounded' | 'plain', bounds: number[]) =>
      toldPhase({ phase, runs: 1, covered: covered({ bounds }) });
    expect([at('plain', []), at('bounded', []), at('bounded', [3]), at('bounded', [3, 9])]).toEqual([
      'as it is',
      'with no preemption',
      'with 1 preemption',
      'with 2 preemptions',
    ]);
  });
});

const replayed = (rows: readonly Row[]): Replayed => ({
  ...{ kind: 'replayed', python: '3.14.2', failure: { kind: 'KeyError', what: "KeyError: 'a', in b" }, missed: [] },
  ...{ names: ['MainThread', 'a', 'b'], rows, stdout: '', stderr: '', usual: null, preemptions: 1 },
  ...{ printed: [], duration: 0, error: null, exit: null },
});
const line = (thread: number, line: number): Row => ({
  what: 'line',
  thread,
  file: 'x.py',
  line,
  source: `line ${line}`,
});

describe('the steps of a schedule', () => {
  it('begin where a second thread does, and leave out what gives way to itself', () => {
    const rows: Row[] = [
      line(0, 1),
      line(0, 2),
      { what: 'begins', thread: 1, to: 0, file: 'x.py', line: 5 },
      { what: 'waits', thread: 0, to: 0, thing: '' },
      { what: 'waits', thread: 0, to: 1, thing: 'a Lock held by a' },
      { what: 'preempted', thread: 1, to: 2, file: 'x.py', line: 6 },
      { what: 'ends', thread: 2, to: 1, thing: '' },
      { what: 'waits', thread: 1, to: 1, thing: 'a Lock' },
    ];
    const { steps, left } = stepsOf(replayed(rows), 60);
    expect(left).toBe(1);
    expect(steps.map(({ thread, line, words, ran }) => [thread, line, words, ran])).toEqual([
      ['MainThread', 2, 'line 2', true],
      ['a', 5, 'a has begun; MainThread goes on', false],
      ['MainThread', undefined, 'MainThread waits for a Lock held by a; a goes on', false],
      ['a', 6, 'a loses the processor in line 6; b goes on', false],
      ['b', undefined, 'b has ended; a goes on', false],
      ['a', undefined, 'a waits for a Lock; nobody can go on', false],
    ]);
  });

  it('are the last ones, when there are more than can be shown', () => {
    const { steps, left } = stepsOf(replayed([...Array(10).keys()].map((number) => line(0, number + 1))), 3);
    expect(left).toBe(7);
    expect(steps.map((step) => step.line)).toEqual([8, 9, 10]);
  });

  it('lead to a failure that has its own name once', () => {
    expect(toldVerdict(replayed([]), 'x.py')).toBe("x.py fails: KeyError: 'a', in b. 1 preemption.");
  });
});
