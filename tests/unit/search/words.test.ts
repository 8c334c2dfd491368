import { expect, it } from 'vitest';
import { understand } from '../../../src/site/search/query.ts';
import { LETTERS, Words } from '../../../src/site/search/words.ts';

const course: Readonly<Record<string, string>> = { d: 'daemon 9', g: 'generator 40', p: 'pause 3', t: 'thread 90' };

function words(broken: string[] = []): { readonly words: Words; readonly asked: string[] } {
  const asked: string[] = [];
  const load = (letter: string): Promise<string> => {
    asked.push(letter);
    return broken.includes(letter) ? Promise.reject(new Error('offline')) : Promise.resolve(course[letter] ?? '');
  };
  return { words: new Words(load), asked };
}

it('brings the words that begin with a query’s letters, each once', async () => {
  const { words: all, asked } = words();
  await all.enoughFor('how does a generator pause');
  await all.enoughFor('generator');
  expect(asked.sort()).toEqual(['g', 'p']);
});

it('knows the parts of a dotted name', async () => {
  const { words: all, asked } = words();
  await all.enoughFor('threading.Thread_pool');
  expect(asked.sort()).toEqual(['p', 't']);
});

it('brings no more for a word that is a letter away from one of those', async () => {
  const { words: all, asked } = words();
  expect(understand('thraed', await all.enoughFor('thraed'))).toBe('thread');
  expect(asked).toEqual(['t']);
});

it('brings all for a word that resembles none of those', async () => {
  const { words: all, asked } = words();
  expect(understand('htread', await all.enoughFor('htread'))).toBe('thread');
  expect(asked.sort()).toEqual(LETTERS);
});

it('asks again for what did not come', async () => {
  const broken = ['d'];
  const { words: all } = words(broken);
  await expect(all.enoughFor('daemon')).rejects.toThrow('offline');
  broken.pop();
  expect((await all.enoughFor('daemon')).count('daemon')).toBe(9);
});

it('begins while a query is typed, and says nothing of what does not come', async () => {
  const { words: all, asked } = words(['p']);
  all.expect('generator pa');
  await all.enoughFor('generator');
  expect(asked.sort()).toEqual(['g', 'p']);
});
