import { expect, it } from 'vitest';
import { findEnough } from '../../../src/site/search/find-enough.ts';
import { countsInWords } from '../../../src/site/search/say-counts.ts';
import { Vocabulary } from '../../../src/site/search/spelling.ts';

const words = new Vocabulary('lost 4\nupdate 9\nfix 1');

/** Each query with what the index has for it, each result by a letter. */
function asking(index: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const search = (query: string) => {
    asked.push(query);
    return Promise.resolve(Array.from(index[query] ?? '', (id) => ({ id })));
  };
  return { search, asked };
}

async function found(query: string, index: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const steps = await findEnough(query, words, asking(index).search);
  return steps.map(({ query, results }) => `${query}: ${results.map(({ id }) => id).join('')}`);
}

it('asks for fewer words when little holds all of them, and lists what holds more words first, each once', async () => {
  expect(await found('lost update fix', { 'lost update fix': 'q', 'lost update': 'aqbcde', update: 'xyz' })).toEqual([
    'lost update fix: q',
    'lost update: abcde',
  ]);
});

it('asks no more when enough holds all words, or one word is left', async () => {
  const enough = asking({ 'lost update': 'abcde' });
  await findEnough('lost update', words, enough.search);
  expect(enough.asked).toEqual(['lost update']);
  const one = asking({ update: 'a' });
  await findEnough('update', words, one.search);
  expect(one.asked).toEqual(['update']);
});

it('leaves out the wordings by which nothing more is found', async () => {
  expect(await found('lost update fix', { 'lost update fix': 'ab', 'lost update': 'ba', update: 'cab' })).toEqual([
    'lost update fix: ab',
    'update: c',
  ]);
  expect(await found('lost update fix', {})).toEqual(['lost update fix: ']);
});

it('does not call all of them results for the whole query', () => {
  expect(countsInWords([{ query: 'lock', count: 12 }])).toBe('12 results for lock');
  expect(
    countsInWords([
      { query: 'lost update fix', count: 1 },
      { query: 'lost update', count: 7 },
    ]),
  ).toBe('1 result for lost update fix; 7 for lost update');
  expect(
    countsInWords([
      { query: 'update zebra', count: 0 },
      { query: 'update', count: 3 },
    ]),
  ).toBe('No results for update zebra; 3 for update');
});
