/** Tuples as Python writes them are taken apart at their own commas only. */
import { expect, it } from 'vitest';
import { itemsOf } from '../../../src/island/exercise/tuples.ts';

it.each([
  ["(3, 'deadlock', 100, 100)", ['3', "'deadlock'", '100', '100']],
  ['(seed, ended, a.money, b.money)', ['seed', 'ended', 'a.money', 'b.money']],
  ['(f(1, 2), [3, 4], {5: (6, 7)})', ['f(1, 2)', '[3, 4]', '{5: (6, 7)}']],
  [String.raw`('a, b', "c)", 'it\'s, so')`, ["'a, b'", '"c)"', String.raw`'it\'s, so'`]],
  ['(1, 2,)', ['1', '2']],
])('%s', (text, items) => {
  expect(itemsOf(text)).toEqual(items);
});

it.each(['(1,)', '()', '(a + b) * (c, d)', '[1, 2]', "'(1, 2)'", '(1, 2', "(1, 'a)", 'f(1, 2)', '(1) + (2, 3) + (4)'])(
  'leaves %s as it is',
  (text) => {
    expect(itemsOf(text)).toBeUndefined();
  },
);
