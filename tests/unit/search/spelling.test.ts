import { describe, expect, it } from 'vitest';
import { distance } from '../../../src/chapters/distance.ts';
import { Vocabulary } from '../../../src/site/search/spelling.ts';

const course = new Vocabulary(
  [
    'daemon 9',
    'multiprocessing 12',
    'asyncio 30',
    'coroutine 21',
    'semaphore 7',
    'generator 40',
    'generate 2',
    'iterable 12',
    'demon 1',
  ].join('\n'),
);

describe('spelling', () => {
  it.each([
    ['deamon', 'daemon'],
    ['multiprocesing', 'multiprocessing'],
    ['asycio', 'asyncio'],
    ['corutine', 'coroutine'],
    ['Corutine', 'coroutine'],
    ['genarator', 'generator'],
  ])('mends %s to %s', (typed, meant) => {
    expect(course.mend(typed)).toBe(meant);
  });

  it.each(['semaphor', 'gener', 'generators', 'iterables', 'GIL', '__main__', 'id', 'quaternion', 'a.b'])(
    'leaves %s alone',
    (typed) => {
      expect(course.mend(typed)).toBe(typed);
    },
  );

  it('takes the more used of two equally near words', () => {
    expect(new Vocabulary('cone 3\ncove 8').mend('coxe')).toBe('cove');
  });

  it('takes one that begins as the typed word does before one that is more used', () => {
    expect(new Vocabulary('hone 90\ncone 3').mend('bone')).toBe('hone');
    expect(new Vocabulary('bove 90\ncove 3\ncone 2').mend('coxe')).toBe('cove');
    expect(new Vocabulary('hoxe 90\ncove 3').mend('coxe')).toBe('cove');
  });

  it('counts a swap of neighbours as one change', () => {
    expect(distance('deamon', 'daemon', 2)).toBe(1);
    expect(distance('abc', 'abc', 1)).toBe(0);
    expect(distance('abc', 'xyz', 1)).toBe(2);
  });
});
