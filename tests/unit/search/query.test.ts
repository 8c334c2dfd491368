import { describe, expect, it } from 'vitest';
import { loosen, understand } from '../../../src/site/search/query.ts';
import { Vocabulary } from '../../../src/site/search/spelling.ts';

const words = new Vocabulary('daemon 4\nthread 9\ngenerator 8\npause 2\nequality 3\nequal 1');
const ask = (typed: string): string => understand(typed, words);

describe('a query', () => {
  it('keeps names whole', () => {
    expect(ask('concurrent.futures')).toBe('concurrent.futures');
    expect(ask('__main__')).toBe('__main__');
  });

  it('names operators', () => {
    expect(ask('is ==')).toBe('is equality');
  });

  it('leaves out the words of a question, not those of its subject', () => {
    expect(ask('how does a generator pause')).toBe('generator pause');
    expect(ask('what is a daemon thread?')).toBe('daemon thread?');
    expect(ask('is')).toBe('is');
  });

  it('mends each word', () => {
    expect(ask('deamon thraed')).toBe('daemon thread');
  });

  it('looks for a quoted phrase as it stands, straight or curly', () => {
    expect(ask('"object is not iterable"')).toBe('"object is not iterable"');
    expect(ask('“object is not iterable”')).toBe('"object is not iterable"');
  });

  it('is loosened word by word, shortest first, down to one', () => {
    expect(loosen('generator memory use')).toBe('generator memory');
    expect(loosen('generator memory')).toBe('generator');
    expect(loosen('generator')).toBeUndefined();
  });

  it('gives up the quotes before it gives up words', () => {
    expect(loosen('"not iterable"')).toBe('not iterable');
  });
});
