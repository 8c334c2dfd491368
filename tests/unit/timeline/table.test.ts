/** The table of intervals: in the order of time, a wait and its waker pointing at each other. */
import { expect, it } from 'vitest';
import { longestRows, tableOf, toldTable } from '../../../src/timeline/table.ts';
import { story } from './run.ts';

const rows = tableOf(story);

it('has a row for each interval, in the order of time', () => {
  expect(rows).toHaveLength(story.lanes.reduce((sum, { intervals }) => sum + intervals.length, 0));
  for (const [index, { from }] of rows.entries()) expect(from).toBeLessThanOrEqual(rows[index + 1]?.from ?? Infinity);
});

it('leads from a wait to the row in which its waker ran, and back', () => {
  const index = rows.findIndex(({ words }) => words.includes('`lock`'));
  expect(rows[index]).toMatchObject({
    lane: 'want',
    state: 'Waiting',
    words: 'at line 16 for the Lock `lock` that hold held at line 11',
    until: 'until hold woke it at line 11',
  });
  const waker = rows[rows[index]?.waker ?? -1];
  expect(waker).toMatchObject({ lane: 'hold', state: 'Running', words: 'ended' });
  expect(waker?.woken).toContain(index);
});

it('is a table in a terminal, of the longest intervals where there are too many', () => {
  const told = toldTable(rows, 5).split('\n');
  expect(told[0]).toBe('from (ms)  for (ms)  who         state');
  expect(told).toHaveLength(1 + 5 + 1);
  expect(told.at(-1)).toBe(`${rows.length - 5} shorter intervals are left out.`);
  expect(told.join('\n')).toContain('want        Waiting  at line 16 for the Lock lock that hold held at line 11');
  const shown = longestRows(rows, 5);
  expect(shown.map(({ from }) => from)).toEqual(shown.map(({ from }) => from).toSorted((a, b) => a - b));
});
